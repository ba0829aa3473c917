#pragma once

#include <span>
#include <string>

#include "guarantor/model/map_layers.h"
#include "guarantor/model/scenario.h"

namespace guarantor::report {

/// One HTML page on which monitors write down what they saw and did, without a network: choices are
/// the scenario's sensors and the sectors given. Entries stay in the browser until they are saved
/// as a file of our own form of observations, one a line. The page asks nothing of any other place,
/// and a marking or EXERCISE stands on it. The same scenario is the same bytes.
[[nodiscard]] std::string watch_form(model::Scenario const& scenario,
                                     std::span<model::SectorId const> sectors);

}  // namespace guarantor::report
