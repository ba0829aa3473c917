#pragma once

#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"

/// A fictional case and a plan for it, large enough to show everything a rendering can show.
namespace guarantor::report {

/// Twelve fictional nations, fifteen lines, twenty-four months; kind exercise.
[[nodiscard]] model::Scenario sample_scenario();
/// A plan of it with gaps, asks, quantities not stated and comparisons, one without the backstop.
[[nodiscard]] model::ForcePlan sample_plan();
/// An earlier plan of the same case, thinner in places.
[[nodiscard]] model::ForcePlan earlier_plan();
/// The same nations, none of whose offers has a quantity, and the empty plan that follows.
[[nodiscard]] model::Scenario unstated_scenario();
[[nodiscard]] model::ForcePlan empty_plan();
/// A scenario and plan in which every name is as long as it may be and every list is long.
[[nodiscard]] model::Scenario crowded_scenario();
[[nodiscard]] model::ForcePlan crowded_plan();

}  // namespace guarantor::report
