#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/instance.h"
#include "guarantor/generate/plan.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

struct Solution {
  std::vector<Start> starts;
  double objective{};
  double bound{};
  bool proven{};  ///< to the gap asked for; otherwise a limit stopped the search
  long work{};    ///< cells of the model looked at: a measure that no clock moves
};

/// The best starts for an instance and a bound on all others: search, bound and branching of all
/// components side by side, in rounds, until the gap asked for is proven or a limit stops them.
/// Components that `cache` knows go on from there. Error kDefect if a plan fails its certificate.
[[nodiscard]] model::Result<Solution> solve(model::Scenario const& scenario,
                                            Instance const& instance, Request const& request,
                                            ComponentCache& cache,
                                            model::RunControl const& control);

}  // namespace guarantor::generate
