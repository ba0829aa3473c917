#include "guarantor/released_record.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/policy/operation.h"
#include "guarantor/policy/release.h"
#include "guarantor/policy/row_share.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/store/scenario_versions.h"
#include "guarantor/tables/row_records.h"

namespace guarantor::app {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

/// What of a plan's JSON is the planners' alone; `hash` is that of the whole.
constexpr char const* kPlanners[] = {"scenario_hash", "hash",     "reason", "objective",   "bound",
                                     "gap",           "gaps",     "asks",   "comparisons", "tiers",
                                     "package",       "expected", "seconds"};

/// The kind of record as the policy's tables name it.
Result<policy::Record> kind_of(store::RecordKind kind) {
  auto const named = model::parse<policy::Record>(model::text(kind));
  return named ? Result<policy::Record>{*named}
               : Error{ErrorKind::kRefused, fmt::format("no rule releases a {}", model::text(kind)),
                       ""};
}

/// The scenario the plan was made from, or where that is gone the current one.
Result<model::Scenario> scenario_of(store::Store const& store, model::ForcePlan const& plan) {
  auto version = store::find_version(store, plan.scenario_id, plan.scenario_hash);
  if (!version.ok()) {
    version = store::find_version(store, plan.scenario_id);
  }
  auto const rows = version.ok() ? store::get_rows(store, version.value())
                                 : Result<std::vector<model::RowRecord>>{version.error()};
  auto loaded = rows.ok() ? tables::from_rows(rows.value(), plan.scenario_id) : tables::Loaded{};
  if (!loaded.scenario) {
    return Error{ErrorKind::kRefused,
                 "what may be seen of the plan cannot be told without its scenario",
                 "ask a planner to import it"};
  }
  return *std::move(loaded.scenario);
}

Result<std::string> released_plan(store::Store const& store, store::Record const& record,
                                  policy::Viewer const& viewer) {
  auto const plan = report::from_json(record.body);
  auto const scenario = plan.ok() ? scenario_of(store, plan.value()) : plan.error();
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const seen = policy::released(plan.value(), scenario.value(), viewer, record.releasable_to);
  if (!seen.ok()) {
    return seen.error();
  }
  auto json =
      Json::parse(report::to_json(policy::released(scenario.value(), viewer), seen.value().plan));
  for (char const* const part : kPlanners) {
    json.erase(part);
  }
  json["withheld"] = seen.value().parts_withheld;
  json["fill_withheld"] = Json::array();
  for (model::RequirementId const& line : seen.value().lines_withheld) {
    json["fill_withheld"].push_back(line.text());
  }
  return json.dump(2);
}

}  // namespace

Result<std::string> released_body(store::Store const& store, store::Record const& record,
                                  Viewpoint const& viewpoint) {
  if (!viewpoint.viewer.empty()) {
    if (auto const known = policy::parse_viewer(viewpoint.viewer); !known.ok()) {
      return known.error();
    }
  }
  if (!is_restricted(viewpoint)) {
    return record.body;
  }
  auto const viewer = policy::parse_viewer(viewpoint.viewer);
  auto const kind = kind_of(record.kind);
  if (!kind.ok()) {
    return kind.error();
  }
  bool const released =
      policy::owned_share(record.owner.text(), record.releasable_to, viewer.value()).row;
  if (!released ||
      !policy::may(viewer.value(), policy::Operation::kRead, kind.value(), record.owner)) {
    return not_released(record.kind, record.key, viewpoint);
  }
  return record.kind == store::RecordKind::kPlan ? released_plan(store, record, viewer.value())
                                                 : Result<std::string>{record.body};
}

model::Error not_released(store::RecordKind kind, std::string const& name,
                          Viewpoint const& viewpoint) {
  return {ErrorKind::kRefused,
          fmt::format("there is no {} `{}` that was released to {}", model::text(kind), name,
                      viewpoint.viewer),
          ""};
}

}  // namespace guarantor::app
