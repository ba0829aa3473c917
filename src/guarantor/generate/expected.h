#pragma once

#include <map>
#include <utility>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/plan.h"
#include "guarantor/generate/solve.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

/// The answer to a request in the expected world.
struct ExpectedSolution {
  model::World world;  ///< the nominal one, changed by what is assumed: the designation's
  Instance instance;   ///< of that world
  Solution solution;   ///< the designation's starts; the mean's objective and bound
  bool limited{};      ///< a limit came before the gap asked for was proven
  model::ExpectedWorlds worlds;
  /// Mean cover over the worlds by row of the line and month; 0 where nothing stands.
  std::map<std::pair<std::size_t, int>, double> cover;
};

/// One designation now, and for each world the plan made when its conditions are known. A
/// designation is a plan of the nominal world; being without a designated unit costs nothing, and
/// each unit-month at a line beyond those designated there costs `reassign_cost`.
///
/// Where all worlds can be planned in at most `request.worlds` solves they are, by their
/// probability, and the mean is exact. Otherwise two independent samples are drawn: a smaller one
/// chooses the designation, and `request.worlds` others value it. Chosen and valued on the same
/// worlds, a designation would look better than it is (it has been fitted to them); on fresh ones
/// the mean is unbiased and its interval honest. The bound is that of the problem over the valuing
/// worlds, which in the mean is at least the best of any designation.
///
/// Pledges and lines that no world ties together are solved apart. A group with a small extensive
/// form is solved exactly; for others the designation is the best of several candidates (nominal,
/// assured, the likeliest worlds' plans, a plan that discounts each pledge by the chance that it
/// holds), and the bound is that of perfect foresight, under which reassignment is free.
/// Errors: those of `WorldSource::build`; kBadInput for fewer than two worlds.
[[nodiscard]] model::Result<ExpectedSolution> solve_expected(model::Scenario const& scenario,
                                                             Request const& request,
                                                             ComponentCache& cache,
                                                             model::RunControl const& control);

}  // namespace guarantor::generate
