#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// Weighted set covering: the cheapest columns (sites) such that each row (demand) is covered at
/// least as often as it needs.
///
///     minimise    Σ_j cost_j x_j                   x_j ∈ {0, 1}
///     (C) cover   Σ_{j covers i} x_j >= need_i     for each row i
///     (B) budget  Σ_j cost_j x_j <= budget         if there is one
///     (F) given   x_j = 1                          for existing j
///                 x_j = 0                          for forbidden j
///
/// With a budget the question is only whether a cover keeps it, and the first found that does will
/// do.
/// Example: costs 3, 2, 2; the first column covers rows 0 and 1, the second row 0, the third row 1:
/// the optimum is 3.
struct SetCoverProblem {
  std::vector<double> cost;                        ///< by column, finite and not negative
  std::vector<std::vector<std::uint32_t>> covers;  ///< by column: its rows, in any order
  std::vector<std::uint32_t> need;                 ///< by row: 1; 2 with a backup; 0: none
  std::vector<std::size_t> existing;               ///< columns that stand already
  std::vector<std::size_t> forbidden;              ///< columns not to be had
  std::optional<double> budget;                    ///< see (B)
};

/// The cheapest cover, with a lower bound on all of them. `assigned` holds for each row the chosen
/// column of least number that covers it. A row that cannot be covered often enough makes an answer
/// that is not feasible, whose reason names the row; so does a budget that none keeps, and with one
/// `proven` says no more than that the question is answered. Reductions,
/// Lagrangian prices with fixing, exchange of columns, then branch and bound over what is left by
/// its linear relaxation. Error kBadInput for sizes that do not fit, costs that are negative or not
/// finite, columns both existing and forbidden.
[[nodiscard]] model::Result<SitingAnswer> cover(SetCoverProblem const& problem,
                                                SitingRequest const& request,
                                                model::RunControl const& control);

}  // namespace guarantor::posture
