#pragma once

#include <nlohmann/json.hpp>
#include <optional>

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
/// What heads an answer: the scenario, the mark, and what was asked.
[[nodiscard]] nlohmann::ordered_json heading(model::Scenario const& scenario,
                                             model::ReachAnswer const& answer);

}  // namespace guarantor::report
