#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// Maximal covering: at most so many sites that the demands they cover weigh most.
///     maximise  Σ_i weight_i z_i                               x_j, z_i ∈ {0, 1}
///     (C) cover need_i z_i <= Σ_{j covers i} x_j               for each demand i
///     (P) most  Σ_j x_j <= most_open
///     (F) given x_j = 1 for existing j, x_j = 0 for forbidden j
/// Example: weights 3, 4, 5; the first site covers demands 0 and 1, the second demand 2; with one
/// site the optimum is 7.
struct MaximalCoverProblem {
  std::vector<double> weight;                      ///< by demand, finite and not negative
  std::vector<std::uint32_t> need;                 ///< by demand: sites that must cover it; 0: none
  std::vector<std::vector<std::uint32_t>> covers;  ///< by site: its demands, in any order
  std::size_t most_open{};
  std::vector<std::size_t> existing;   ///< sites that stand already; they count
  std::vector<std::size_t> forbidden;  ///< sites not to be had
};

/// The best sites, with an upper bound on the weight any choice covers. `assigned` holds for each
/// demand covered as often as it needs the open site of least number that covers it. Sites that add
/// nothing stay closed. More sites existing than may open make an answer that is not feasible.
/// Demands covered alike are taken together and dominated sites left out; Lagrangian prices,
/// exchange of sites, fixing, and branch and bound. Error kBadInput for sizes that do not fit,
/// weights that are negative or not finite, sites both existing and forbidden.
[[nodiscard]] model::Result<SitingAnswer> cover_most(MaximalCoverProblem const& problem,
                                                     SitingRequest const& request,
                                                     model::RunControl const& control);

}  // namespace guarantor::posture
