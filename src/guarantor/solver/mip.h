#pragma once

#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/solver/linear_program.h"

namespace guarantor::solver {

struct MipRequest {
  double gap{0};         ///< stop when (bound - objective) / max(1, |objective|) is at most this
  double known_bound{};  ///< an upper bound that is known before, valid however early the stop
  double
      known_objective{};  ///< the value of a solution the caller has; only better ones are sought
  int most_nodes{0};      ///< of the search tree; 0: as many as it takes
};

struct MipResult {
  bool proven{};               ///< searched to the end, or to the gap asked for
  double bound{};              ///< no solution is better than this
  std::vector<double> values;  ///< by column; empty if nothing as good as the known one was found
  long iterations{};           ///< of the simplex method: a measure of work that no clock moves
};

/// The best values for a program that has a solution, all-zero or another whose value the caller
/// knows, by branch and cut (CBC over CLP) after preprocessing. Stops early when `control` says so.
/// Single-threaded and deterministic as long as no time limit cuts it short. Error kDefect where
/// the library finds no solution at all.
[[nodiscard]] model::Result<MipResult> solve(LinearProgram const& program,
                                             MipRequest const& request,
                                             model::RunControl const& control);

}  // namespace guarantor::solver
