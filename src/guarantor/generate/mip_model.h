#pragma once

#include <vector>

#include "guarantor/generate/instance.h"
#include "guarantor/solver/linear_program.h"

namespace guarantor::generate {

/// `kExact` is the model of SCENARIO.md to the letter, as it is exported. `kTight` has the same
/// whole-number solutions and objective, but smaller coefficients in N and one more row family, D,
/// so that its relaxation bounds better:
///     D[p,r,t]  Σ x[p,r,s] over tours present in t ≤ min(quantity[p], nation limit[r]) · z[n,r,t]
/// (valid as N already holds a nation's units at a line to that limit).
enum class Formulation { kExact, kTight };

struct MipModel {
  solver::LinearProgram program;
  std::vector<solver::Column> start_columns;  ///< of `starts`, place by place
  std::vector<Start> starts;                  ///< every x, with `units` 0

  /// The starts that values by column amount to, those of 0 left out.
  [[nodiscard]] std::vector<Start> starts_of(std::vector<double> const& values) const;
};

/// The program of an instance, with the names of SCENARIO.md. O(tours x months).
[[nodiscard]] MipModel build_mip(model::Scenario const& scenario, Instance const& instance,
                                 Formulation formulation);

}  // namespace guarantor::generate
