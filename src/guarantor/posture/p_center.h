#pragma once

#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/site_choice.h"
#include "guarantor/posture/site_costs.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// Open a number of sites so that the worst-served demand is served as well as can be.
struct CenterProblem {
  SiteCosts costs;
  std::vector<double> weights;  ///< by demand, each multiplies its costs; empty: 1 each
  SiteChoice choice;
};

/// The sites with the least greatest weighted cost from a demand to its nearest open site (the
/// p-center problem): bisection over the costs that occur, each asking whether so many sites cover
/// every demand within it. Every demand must be served, whatever its weight; where that cannot be
/// the answer is not feasible and says why. Error kBadInput for input out of range.
[[nodiscard]] model::Result<SitingAnswer> p_center(CenterProblem const& problem,
                                                   SitingRequest const& request,
                                                   model::RunControl const& control);

}  // namespace guarantor::posture
