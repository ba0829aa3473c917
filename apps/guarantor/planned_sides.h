#pragma once

#include <string>
#include <vector>

#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/report/side_by_side.h"

namespace guarantor::app {

/// A name for each scenario, also as its folder: its id, and where another already has that,
/// or an output file would, the id with the next free number.
[[nodiscard]] std::vector<std::string> names_of(std::vector<model::Scenario> const& scenarios);

/// The scenarios with their plans, each against the first. Refers to both lists.
/// REQUIRES: as many plans as scenarios, at least one.
[[nodiscard]] report::SideBySide side_by_side(std::vector<model::Scenario> const& scenarios,
                                              std::vector<model::ForcePlan> const& plans);

}  // namespace guarantor::app
