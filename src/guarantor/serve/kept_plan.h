#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/serve/supposed_rows.h"

/// How a plan is kept: what `report` prints of it, and beside it what was asked.
namespace guarantor::serve {

/// What was asked beside the planner's own options.
struct PlanAsked {
  std::string title{};                 ///< for people; may be empty
  std::string based_on{};              ///< the version of the scenario that `changes` were made to
  std::vector<SupposedRow> changes{};  ///< rows as if they were so; kept with the plan alone
};

struct KeptPlan {
  model::ForcePlan plan;
  PlanAsked asked;
};

/// The body of the plan's record. `scenario` is the one that was planned.
[[nodiscard]] std::string to_body(model::Scenario const& scenario, KeptPlan const& kept);

/// Reads a record's body; a plan that the command line kept says nothing of what was asked. Errors:
/// those of `report::from_json`.
[[nodiscard]] model::Result<KeptPlan> from_body(std::string const& body);

/// A version of a scenario, by id and hash; an empty hash asks for the current one.
using VersionSource = std::function<model::Result<model::Scenario>(std::string_view scenario,
                                                                   std::string_view version)>;

/// The scenario that was planned, without the lines of its sites: the version that the plan names,
/// with what was changed for it; where that is gone the current one. Error kRefused where there is
/// none.
[[nodiscard]] model::Result<model::Scenario> scenario_of(KeptPlan const& kept,
                                                         VersionSource const& source);

}  // namespace guarantor::serve
