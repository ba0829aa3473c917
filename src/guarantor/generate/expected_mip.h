#pragma once

#include <vector>

#include "guarantor/generate/components.h"
#include "guarantor/generate/expected_designation.h"
#include "guarantor/generate/mip_model.h"

/// The expected world as mixed-integer programs: a column d[p,r,t] counts the units of a pledge
/// present at a line beyond those designated there,
///     R[p,r,t]  units of the world's plan − units of the designation − d ≤ 0
/// and costs what a unit-month reassigned costs. d need not be declared whole: it is at the
/// optimum.
namespace guarantor::generate {

/// The plan of one world's component where the designation is known.
[[nodiscard]] MipModel build_recourse_mip(model::Scenario const& scenario, Instance const& instance,
                                          PresenceTable const& designated, double reassign_cost);

/// A component of a world, and the share of the worlds that have it.
struct WeightedPart {
  Instance const* instance{};
  double weight{};
};

/// The extensive form: the designation as a plan of the nominal components without an objective of
/// its own, and a weighted copy of the model for each part.
struct ExtensiveForm {
  solver::LinearProgram program;
  std::vector<std::vector<solver::Column>> columns;  ///< of `starts`, by nominal component
  std::vector<std::vector<Start>> starts;            ///< every x of the designation
  std::vector<Instance const*> nominal;

  [[nodiscard]] Designation designation_in(std::vector<double> const& values) const;
};

/// REQUIRES: the components outlive the form.
[[nodiscard]] ExtensiveForm build_extensive_form(model::Scenario const& scenario,
                                                 std::vector<Component> const& nominal,
                                                 std::vector<WeightedPart> const& parts,
                                                 double reassign_cost);

/// The columns x of an instance.
[[nodiscard]] std::size_t count_starts(Instance const& instance);

}  // namespace guarantor::generate
