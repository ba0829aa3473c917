#include <algorithm>
#include <set>
#include <utility>

#include "guarantor/policy/operation.h"
#include "guarantor/policy/release.h"
#include "guarantor/policy/row_share.h"

namespace guarantor::policy {
namespace {

using model::ForcePlan;

/// What is derived from every offer there is, visible or not.
constexpr std::string_view kPlanners[] = {
    "objective", "bound",  "gap",         "scenario hash", "reason",  "gaps",           "asks",
    "unlocks",   "outbid", "comparisons", "tiers",         "package", "expected worlds"};

std::set<model::PledgeId> visible_pledges(model::Scenario const& scenario, Viewer const& viewer) {
  std::set<model::PledgeId> visible;
  for (model::Pledge const& pledge : released(scenario, viewer).pledges) {
    visible.insert(pledge.id);
  }
  return visible;
}

}  // namespace

model::Result<ReleasedPlan> released(ForcePlan const& plan, model::Scenario const& scenario,
                                     Viewer const& viewer,
                                     std::span<std::string const> releasable_to) {
  if (sees_everything(viewer)) {
    return ReleasedPlan{.plan = plan};
  }
  if (!owned_share("", releasable_to, viewer).row ||
      !may(viewer, Operation::kRead, Record::kPlan)) {
    return model::Error{model::ErrorKind::kRefused, "the plan was not released to " + print(viewer),
                        "planners release a plan; each may plan from what was released to it"};
  }
  auto const visible = visible_pledges(scenario, viewer);
  bool const lines_shown = role_share(rule_of(model::Table::kRequirements).row, viewer).row;
  std::set<model::RequirementId> hidden_lines;
  ReleasedPlan out;
  for (model::Assignment const& assignment : plan.assignments) {
    if (lines_shown && visible.contains(assignment.pledge)) {
      out.plan.assignments.push_back(assignment);
    } else {
      hidden_lines.insert(assignment.requirement);
    }
  }
  for (model::Fill const& fill : plan.fill) {
    if (lines_shown && !hidden_lines.contains(fill.requirement)) {
      out.plan.fill.push_back(fill);
    }
  }
  for (model::PledgeId const& id : plan.not_stated) {
    if (visible.contains(id)) {
      out.plan.not_stated.push_back(id);
    }
  }
  out.plan.program_version = plan.program_version;
  out.plan.scenario_id = plan.scenario_id;
  out.plan.world = plan.world;
  out.plan.seed = plan.seed;
  out.plan.status = plan.status;
  out.plan.stopped_by_limit = plan.stopped_by_limit;
  if (may(viewer, Operation::kRead, Record::kSitePlan)) {
    out.plan.sites = plan.sites;
  }
  if (lines_shown) {
    out.lines_withheld.assign(hidden_lines.begin(), hidden_lines.end());
  }
  out.parts_withheld.assign(std::begin(kPlanners), std::end(kPlanners));
  if (hidden_lines.empty()) {
    out.plan.provenance = plan.provenance;
  } else {
    out.parts_withheld.emplace_back("provenance");
  }
  return out;
}

}  // namespace guarantor::policy
