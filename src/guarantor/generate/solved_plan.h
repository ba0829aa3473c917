#pragma once

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/plan.h"

namespace guarantor::generate {

/// A plan before it is explained, and what it cost to find.
struct SolvedPlan {
  model::ForcePlan plan;
  long work{};  ///< cells of the model looked at; none in the expected world
};

/// `plan` without its explanation; `cache` is for one gap and seed.
[[nodiscard]] model::Result<SolvedPlan> solve_plan(model::Scenario const& scenario,
                                                   Request const& request, ComponentCache& cache,
                                                   model::RunControl const& control);

}  // namespace guarantor::generate
