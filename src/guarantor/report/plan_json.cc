#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_report.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity: a bound that is not known is null.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

template <class Range>
Json ids(Range const& range) {
  Json out = Json::array();
  for (auto const& id : range) {
    out.push_back(id.text());
  }
  return out;
}

template <class Range, class Write>
Json rows(Range const& range, Write write) {
  Json out = Json::array();
  for (auto const& item : range) {
    out.push_back(write(item));
  }
  return out;
}

Json of(model::Assignment const& assignment) {
  return {{"pledge", assignment.pledge.text()},
          {"requirement", assignment.requirement.text()},
          {"units", assignment.units.count()},
          {"from_month", assignment.months.from.count()},
          {"to_month", assignment.months.to.count()}};
}

Json of(model::Fill const& fill) {
  return {{"requirement", fill.requirement.text()},
          {"month", fill.month.count()},
          {"required", fill.required.count()},
          {"covered", number(fill.covered)}};
}

Json of(model::Unlock const& unlock) {
  return {{"kind", unlock.kind}, {"what", unlock.what}, {"gain", number(unlock.gain)}};
}

Json of(model::Gap const& gap) {
  return {{"requirement", gap.requirement.text()},
          {"from_month", gap.months.from.count()},
          {"to_month", gap.months.to.count()},
          {"short", number(gap.short_by)},
          {"reason", model::text(gap.reason)},
          {"by", gap.by},
          {"unlocks", rows(gap.unlocks, [](auto const& unlock) { return of(unlock); })}};
}

Json of(model::Ask const& ask) {
  return {{"capability", ask.capability.text()},
          {"area", ask.area.text()},
          {"from_month", ask.months.from.count()},
          {"to_month", ask.months.to.count()},
          {"units", ask.units.count()},
          {"worth", number(ask.worth)},
          {"nations", ids(ask.nations)},
          {"closes", ids(ask.closes)}};
}

Json of(model::Comparison const& comparison) {
  return {{"label", comparison.label},
          {"without", comparison.without.text()},
          {"viable", comparison.viable},
          {"objective", number(comparison.objective)},
          {"bound", number(comparison.bound)},
          {"fill", number(comparison.fill)},
          {"lines_lost", ids(comparison.lines_lost)}};
}

Json of(model::ProvenanceShares const& shares) {
  return {{"reported", number(shares.reported)},
          {"estimated", number(shares.estimated)},
          {"illustrative", number(shares.illustrative)}};
}

/// The whole object; the wall time only where it is asked for, since no hash covers it.
Json document(model::Scenario const& scenario, model::ForcePlan const& plan,
              std::optional<std::string> const& hash) {
  Json out = Json::object();
  auto const mark = banner(scenario);
  if (!mark.empty()) {
    out["heading"] = mark;
  }
  out["exercise"] = scenario.header.kind == model::ScenarioKind::kExercise;
  out["marking"] = scenario.header.marking;
  out["kind"] = model::text(scenario.header.kind);
  out["scenario"] = plan.scenario_id;
  out["scenario_title"] = scenario.header.title;
  out["scenario_hash"] = plan.scenario_hash;
  out["program_version"] = plan.program_version;
  out["world"] = model::text(plan.world.kind);
  Json assumed = Json::object();
  for (auto const& [condition, holds] : plan.world.assumed) {
    assumed[condition.text()] = holds;
  }
  out["assumed"] = assumed;
  out["include_indicated"] = plan.world.include_indicated;
  out["status"] = model::text(plan.status);
  out["reason"] = plan.reason;
  out["stopped_by_limit"] = plan.stopped_by_limit;
  out["objective"] = number(plan.objective);
  out["bound"] = number(plan.bound);
  out["gap"] = number(plan.gap);
  if (hash) {
    out["seconds"] = number(plan.seconds.count());
  }
  out["seed"] = plan.seed;
  auto const write = [](auto const& item) { return of(item); };
  out["assignments"] = rows(plan.assignments, write);
  out["fill"] = rows(plan.fill, write);
  out["gaps"] = rows(plan.gaps, write);
  out["asks"] = rows(plan.asks, write);
  out["not_stated"] = ids(plan.not_stated);
  out["provenance"] = of(plan.provenance);
  out["comparisons"] = rows(plan.comparisons, write);
  if (hash) {
    out["plan_hash"] = *hash;
  }
  if (!mark.empty()) {
    out["footing"] = mark;
  }
  return out;
}

/// The object's members one a line, and each row of its tables on a line of its own, so that a
/// person can read it and a line-by-line comparison says something.
std::string printed(Json const& document) {
  auto const dump = [](Json const& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  std::string out = "{\n";
  bool first_member = true;
  for (auto const& [key, value] : document.items()) {
    out += fmt::format("{}  {}: ", first_member ? "" : ",\n", dump(key));
    first_member = false;
    bool const table = value.is_array() && !value.empty() && value.front().is_object();
    if (!table) {
      out += dump(value);
      continue;
    }
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      out += fmt::format("{}\n    {}", i == 0 ? "" : ",", dump(value[i]));
    }
    out += "\n  ]";
  }
  return out + "\n}\n";
}

std::string sha256(std::string const& text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string out;
  for (auto const byte : digest) {
    out += fmt::format("{:02x}", byte);
  }
  return out;
}

}  // namespace

std::string plan_hash(model::Scenario const& scenario, model::ForcePlan const& plan) {
  return sha256(printed(document(scenario, plan, std::nullopt)));
}

std::string to_json(model::Scenario const& scenario, model::ForcePlan const& plan) {
  return printed(document(scenario, plan, plan_hash(scenario, plan)));
}

}  // namespace guarantor::report
