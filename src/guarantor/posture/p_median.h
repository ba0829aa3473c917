#pragma once

#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/site_choice.h"
#include "guarantor/posture/site_costs.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// Open a number of sites so that demands are served as cheaply as can be.
struct MedianProblem {
  SiteCosts costs;
  std::vector<double> weights;  ///< by demand; empty: 1 each
  SiteChoice choice;
};

/// The sites with the least sum of weight times cost from each demand to its nearest open site (the
/// p-median problem), proven by Lagrangian bounds and branch and bound. Every demand must be
/// served, whatever its weight; where that cannot be the answer is not feasible and says why.
/// Error kBadInput for input out of range.
[[nodiscard]] model::Result<SitingAnswer> p_median(MedianProblem const& problem,
                                                   SitingRequest const& request,
                                                   model::RunControl const& control);

}  // namespace guarantor::posture
