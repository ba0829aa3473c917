#pragma once

#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/site_choice.h"
#include "guarantor/posture/site_costs.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// Open a number of sites and give each demand wholly to one of them, within what sites can hold.
struct CapacitatedMedianProblem {
  SiteCosts costs;
  std::vector<double> weights;     ///< by demand, each multiplies its costs; empty: 1 each
  std::vector<double> quantities;  ///< by demand: what it takes of a site, in the capacities' unit
  std::vector<double> capacities;  ///< by site
  SiteChoice choice;
};

/// The sites and the assignment with the least sum of weight times cost (the capacitated p-median
/// problem with single sourcing), proven by Lagrangian bounds with a knapsack for each site and
/// branch and bound over near and far sites for a demand. Where no choice keeps the rules the
/// answer is not feasible and says why. Error kBadInput for input out of range.
[[nodiscard]] model::Result<SitingAnswer> capacitated_p_median(
    CapacitatedMedianProblem const& problem, SitingRequest const& request,
    model::RunControl const& control);

}  // namespace guarantor::posture
