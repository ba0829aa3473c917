#pragma once

#include "guarantor/generate/solved_plan.h"

namespace guarantor::generate {

/// Adds to a plan what only solving again can tell: for each gap the single changes that close it
/// (`unlocks`), for each kind of gap what one more unit is worth and whom to ask (`asks`), and the
/// plan in other worlds: assured, and without each condition that somebody relies on
/// (`comparisons`). Every gain named is the gain of a re-solve with the change made, and is listed
/// only where it exceeds the plan's own gap. Stops when `control` says so, keeping what it has.
[[nodiscard]] model::Result<model::Done> explain(model::Scenario const& scenario,
                                                 Request const& request, ComponentCache& cache,
                                                 model::RunControl const& control,
                                                 SolvedPlan& solved);

}  // namespace guarantor::generate
