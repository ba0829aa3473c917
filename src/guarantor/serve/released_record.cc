#include "guarantor/serve/released_record.h"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/model/site_lines.h"
#include "guarantor/policy/operation.h"
#include "guarantor/policy/release.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/serve/record_sight.h"
#include "guarantor/store/scenario_versions.h"
#include "guarantor/tables/row_records.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

/// What of a plan's JSON is the planners' alone; `hash` is that of the whole.
constexpr char const* kPlanners[] = {"scenario_hash", "hash",     "reason", "objective",   "bound",
                                     "gap",           "gaps",     "asks",   "comparisons", "tiers",
                                     "package",       "expected", "seconds"};

/// Versions as the store has them.
VersionSource versions_of(store::Store const& store) {
  return [&store](std::string_view id, std::string_view hash) -> Result<model::Scenario> {
    auto const version = store::find_version(store, id, hash);
    auto const rows = version.ok() ? store::get_rows(store, version.value())
                                   : Result<std::vector<model::RowRecord>>{version.error()};
    if (!rows.ok()) {
      return rows.error();
    }
    auto loaded = tables::from_rows(rows.value(), std::string{id});
    return loaded.scenario ? Result<model::Scenario>{*std::move(loaded.scenario)}
                           : Error{ErrorKind::kCheckFailed, "a kept scenario cannot be read", ""};
  };
}

Result<std::string> released_plan(store::Store const& store, store::Record const& record,
                                  policy::Viewer const& viewer) {
  auto const kept = from_body(record.body);
  auto const scenario = kept.ok() ? scenario_of(kept.value(), versions_of(store)) : kept.error();
  auto const seen =
      scenario.ok() ? seen_plan(scenario.value(), kept.value().plan, viewer, record.releasable_to)
                    : scenario.error();
  return seen.ok() ? Result<std::string>{to_json(seen.value())} : seen.error();
}

}  // namespace

Result<SeenPlan> seen_plan(model::Scenario const& scenario, model::ForcePlan const& plan,
                           policy::Viewer const& viewer,
                           std::vector<std::string> const& releasable_to) {
  auto seen = policy::released(plan, scenario, viewer, releasable_to);
  if (!seen.ok()) {
    return seen.error();
  }
  auto view = model::with_lines_of(policy::released(scenario, viewer), seen.value().plan.sites);
  return SeenPlan{.scenario = std::move(view),
                  .plan = std::move(seen.value().plan),
                  .lines_withheld = std::move(seen.value().lines_withheld),
                  .parts_withheld = std::move(seen.value().parts_withheld),
                  .whole = policy::sees_everything(viewer)};
}

std::string to_json(SeenPlan const& seen) {
  auto json = Json::parse(report::to_json(seen.scenario, seen.plan));
  if (!seen.whole) {
    for (char const* const part : kPlanners) {
      json.erase(part);
    }
    json["withheld"] = seen.parts_withheld;
    json["fill_withheld"] = Json::array();
    for (model::RequirementId const& line : seen.lines_withheld) {
      json["fill_withheld"].push_back(line.text());
    }
  }
  return json.dump(2);
}

std::string released_sites(std::string const& body, policy::Viewer const& viewer) {
  if (policy::sees_everything(viewer)) {
    return body;
  }
  auto json = Json::parse(body, nullptr, false);
  if (json.is_object()) {
    json.erase("scenario_hash");
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::string> released_body(store::Store const& store, store::Record const& record,
                                  policy::Viewer const& viewer) {
  if (policy::sees_everything(viewer)) {
    return record.body;
  }
  if (!model::parse<policy::Record>(model::text(record.kind))) {
    return Error{ErrorKind::kRefused,
                 fmt::format("no rule releases a {}", model::text(record.kind)), ""};
  }
  if (!sees(viewer, record)) {
    return not_released(record.kind, record.key, viewer);
  }
  switch (record.kind) {
    case store::RecordKind::kPlan:
      return released_plan(store, record, viewer);
    case store::RecordKind::kSitePlan:
      return released_sites(record.body, viewer);
    default:
      return record.body;
  }
}

model::Error not_released(store::RecordKind kind, std::string_view name,
                          policy::Viewer const& viewer) {
  return {ErrorKind::kRefused,
          fmt::format("there is no {} `{}` that was released to {}", model::text(kind), name,
                      policy::print(viewer)),
          ""};
}

}  // namespace guarantor::serve
