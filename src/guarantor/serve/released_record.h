#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/kept_plan.h"
#include "guarantor/store/store.h"

/// What a viewer sees of a kept record: one answer for the command line and for the server.
namespace guarantor::serve {

/// A kept plan as one viewer gets it.
struct SeenPlan {
  model::Scenario scenario;  ///< as the viewer sees it, with the lines of the plan's sites
  model::ForcePlan plan;     ///< what is withheld is empty or 0 in it
  std::vector<model::RequirementId> lines_withheld{};  ///< their fill rests on hidden pledges
  std::vector<std::string_view> parts_withheld{};      ///< e.g. "bound"
  bool whole{};                                        ///< nothing is kept from the viewer
};

/// The plan, made from the whole of `scenario`, as the viewer gets it. Error kRefused where it was
/// not released to the viewer.
[[nodiscard]] model::Result<SeenPlan> seen_plan(model::Scenario const& scenario,
                                                model::ForcePlan const& plan,
                                                policy::Viewer const& viewer,
                                                std::vector<std::string> const& releasable_to);

/// As JSON: `report::to_json` without what is the planners' alone, with `withheld` (parts) and
/// `fill_withheld` (lines) where something is withheld.
[[nodiscard]] std::string to_json(SeenPlan const& seen);

/// A kept site plan as the viewer gets it: without the scenario's hash, which is the planners'.
[[nodiscard]] std::string released_sites(std::string const& body, policy::Viewer const& viewer);

/// What the viewer sees of a kept record, as JSON: all of it, or of a plan what was released of it.
/// Error kRefused where the record was not released to the viewer: in the words of `not_released`.
[[nodiscard]] model::Result<std::string> released_body(store::Store const& store,
                                                       store::Record const& record,
                                                       policy::Viewer const& viewer);

/// That there is none, or none for these eyes: the two are not told apart.
[[nodiscard]] model::Error not_released(store::RecordKind kind, std::string_view name,
                                        policy::Viewer const& viewer);

}  // namespace guarantor::serve
