#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/policy/viewer.h"

/// What a viewer gets of a scenario and of a plan. The rules stand in `release_table.cc`.
namespace guarantor::policy {

/// What the viewer gets: rows that were not released to it are gone, cells that were not are empty,
/// mentions of rows it does not see too. It is sound where `scenario` is, and it depends on nothing
/// that was not released: scenarios that differ in hidden rows and cells alone give equal results.
/// The marking says for whom it is. Planners and auditors get the scenario as it stands. Twice the
/// same is once. O(n log n) in rows.
/// REQUIRES: `model::validate(scenario)` finds no error.
[[nodiscard]] model::Scenario released(model::Scenario const& scenario, Viewer const& viewer);

/// What every output made for the viewer says; the same text whatever there is to withhold. Empty
/// for planners and auditors.
[[nodiscard]] std::string release_marking(Viewer const& viewer);

/// A stored plan as one viewer gets it.
struct ReleasedPlan {
  model::ForcePlan plan;                               ///< what is withheld is empty or 0 in it
  std::vector<model::RequirementId> lines_withheld{};  ///< their fill rests on hidden pledges
  std::vector<std::string_view> parts_withheld{};      ///< e.g. "bound": not 0, but not shown
};

/// What the viewer gets of a plan that the planners made from the whole of `scenario`: its
/// assignments of pledges the viewer sees, and the fill of lines to which no other is assigned.
/// Bound, gap, objective, the scenario's hash, reasons, asks and comparisons are the planners'
/// alone. Error kRefused where the plan was not released to the viewer: `releasable_to` names
/// nations, `all` or `public`, as in a pledge.
[[nodiscard]] model::Result<ReleasedPlan> released(model::ForcePlan const& plan,
                                                   model::Scenario const& scenario,
                                                   Viewer const& viewer,
                                                   std::span<std::string const> releasable_to);

}  // namespace guarantor::policy
