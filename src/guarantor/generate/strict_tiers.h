#pragma once

#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/instance.h"
#include "guarantor/generate/plan.h"
#include "guarantor/generate/solve.h"
#include "guarantor/model/force_plan.h"

namespace guarantor::generate {

/// A plan that fills tiers strictly in order, and each tier's figures.
struct TieredSolution {
  /// Objective and bound are the sums of the tiers'; proven: each tier is within the gap asked for.
  Solution solution;
  std::vector<model::TierResult> tiers;  ///< those that have lines in this world, in order
};

/// Solves tier after tier: each stage maximises one tier's objective while those before it keep
/// what they have. What they keep is a price, not a rule: their objectives count many times over,
/// and more where a plan gave something up. For prices m the stage's bound less the sum of m times
/// what the tiers before have is a bound on the tier's objective, whatever the prices (Lagrange),
/// so it does not matter for the proof how they are chosen. Errors: those of `solve`.
[[nodiscard]] model::Result<TieredSolution> solve_tiers(model::Scenario const& scenario,
                                                        Instance const& instance,
                                                        Request const& request,
                                                        ComponentCache& cache,
                                                        model::RunControl const& control);

}  // namespace guarantor::generate
