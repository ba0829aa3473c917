#pragma once

#include <string>
#include <vector>

#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"

/// A fictional case small enough to work out by hand: two lines of infantry over four months, each
/// asking for two, and two pledges of two. What stands where is said by assignments alone.
namespace guarantor::report {

[[nodiscard]] model::Scenario small_case();

/// The plan that the assignments make, with its cover, its gaps (every unit busy) and a proof.
[[nodiscard]] model::ForcePlan plan_of(model::Scenario const& scenario,
                                       std::vector<model::Assignment> const& assignments);

[[nodiscard]] model::Assignment tour(std::string const& pledge, std::string const& line, int units,
                                     int from = 0, int to = 4);

}  // namespace guarantor::report
