#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "guarantor/model/reach.h"
#include "guarantor/model/scenario.h"

/// The pieces of JSON that the JSON and the GeoJSON of travel times share.
namespace guarantor::report {

/// Longitude first, as GeoJSON has it.
[[nodiscard]] nlohmann::ordered_json coordinates(model::Position position);
/// A MultiPolygon.
[[nodiscard]] nlohmann::ordered_json geometry(model::ReachRing const& ring);
[[nodiscard]] nlohmann::ordered_json hours_or_null(std::optional<model::Hours> hours);
[[nodiscard]] nlohmann::ordered_json of(model::ReachLeg const& leg);
[[nodiscard]] nlohmann::ordered_json of(model::ReachBasis const& basis);
/// What heads every answer about a scenario: the mark, the scenario, and the network where it is
/// not the scenario's own.
[[nodiscard]] nlohmann::ordered_json scenario_heading(model::Scenario const& scenario,
                                                      std::string const& scenario_hash,
                                                      std::string const& program_version,
                                                      std::string const& network);
/// The same with what was asked.
[[nodiscard]] nlohmann::ordered_json heading(model::Scenario const& scenario,
                                             model::ReachAnswer const& answer);

}  // namespace guarantor::report
