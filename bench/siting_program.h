#pragma once

#include <optional>
#include <vector>

#include "bench/published_siting.h"
#include "bench/zero_one_program.h"

/// Siting problems as the programs that other solvers are given: for each kind the strong form in
/// use, with site j open where y_j = 1 and demand i served from it by the share x_ij.
///
///     p-median          min Σ c_ij x_ij, Σ_j x_ij = 1, x_ij <= y_j, Σ y_j = p, y whole; x_ii is
///                       y_i, and x_ij is left out where p sites cannot all be farther than j
///     capacitated       the same with x whole, Σ_i q_i x_ij <= Q y_j, and nothing left out
///     set covering      min Σ c_j y_j, Σ_{j covers i} y_j >= need_i
///     maximal covering  min -Σ w_i z_i, z_i <= Σ_{j covers i} y_j, Σ y_j <= p, y whole
///     location          min Σ f_j y_j + Σ c_ij x_ij, Σ_j x_ij = 1, x_ij <= y_j,
///                       Σ_i a_i x_ij <= b_j y_j, y whole
///
/// p-center is the least distance at which p sites cover all: a row of covering questions, which
/// is easier by far than one program with the distance in it.
namespace guarantor::bench {

/// Nothing for p-center. Example: of two points 3 apart, p = 1, the p-median has columns x_01,
/// x_10, y_0, y_1 and the optimum 3.
[[nodiscard]] std::optional<ZeroOneProgram> program_of(PublishedProblem const& problem);

/// The distances that a p-center may have, ascending.
[[nodiscard]] std::vector<double> center_distances(CenterProblem const& problem);
/// min Σ y_j, Σ_{j within the distance of i} y_j >= 1, Σ y_j <= p: has a solution if and only if p
/// sites cover all within the distance.
[[nodiscard]] ZeroOneProgram center_question(CenterProblem const& problem, double distance);

}  // namespace guarantor::bench
