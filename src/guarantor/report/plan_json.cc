#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/report/json_text.h"
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
  Json out = {{"requirement", fill.requirement.text()},
              {"month", fill.month.count()},
              {"required", fill.required.count()},
              {"covered", number(fill.covered)}};
  if (fill.mean_covered) {
    out["mean_covered"] = number(*fill.mean_covered);
  }
  return out;
}

Json of(model::Unlock const& unlock) {
  return {{"kind", unlock.kind}, {"what", unlock.what}, {"gain", number(unlock.gain)}};
}

Json of(model::Outbid const& bid) {
  return {{"requirement", bid.line.text()},
          {"tier", bid.tier},
          {"pledge", bid.pledge.text()},
          {"worth_there", number(bid.worth_there)},
          {"worth_here", number(bid.worth_here)}};
}

Json of(model::Gap const& gap) {
  Json out = {{"requirement", gap.requirement.text()},
              {"from_month", gap.months.from.count()},
              {"to_month", gap.months.to.count()},
              {"short", number(gap.short_by)},
              {"reason", model::text(gap.reason)},
              {"by", gap.by},
              {"unlocks", rows(gap.unlocks, [](auto const& unlock) { return of(unlock); })}};
  if (!gap.outbid.empty()) {
    out["outbid"] = rows(gap.outbid, [](auto const& bid) { return of(bid); });
  }
  return out;
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

Json of(model::ExpectedWorlds const& expected) {
  return {{"worlds", expected.worlds},
          {"distinct", expected.distinct},
          {"enumerated", expected.enumerated},
          {"low", number(expected.low)},
          {"high", number(expected.high)},
          {"not_viable", number(expected.not_viable)},
          {"reassigned", number(expected.reassigned)},
          {"reassign_cost", number(expected.reassign_cost)}};
}

Json of(model::TierResult const& tier) {
  return {{"tier", tier.tier},
          {"objective", number(tier.objective)},
          {"bound", number(tier.bound)},
          {"gap", number(tier.gap)}};
}

Json of(model::PackageUnits const& row) {
  return {{"capability", row.capability.text()},
          {"units", row.units.count()},
          {"from_month", row.from.count()}};
}

Json of(model::LineLift const& lift) {
  return {{"requirement", lift.line.text()},
          {"before", number(lift.before)},
          {"after", number(lift.after)}};
}

Json of(model::Package const& package) {
  auto const write = [](auto const& item) { return of(item); };
  return {{"nation", package.nation.text()},
          {"fill", number(package.fill)},
          {"reached", package.reached},
          {"reason", package.reason},
          {"proven", package.proven},
          {"units", rows(package.units, write)},
          {"lines", rows(package.lines, write)},
          {"gain", number(package.gain)}};
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
  if (!plan.sites.empty()) {
    out["sites"] = Json::array();
    for (model::SiteId const& site : plan.sites) {
      out["sites"].push_back(site.text());
    }
  }
  out["objective"] = number(plan.objective);
  out["bound"] = number(plan.bound);
  out["gap"] = number(plan.gap);
  if (hash) {
    out["seconds"] = number(plan.seconds.count());
  }
  out["seed"] = plan.seed;
  if (plan.expected) {
    out["expected"] = of(*plan.expected);
  }
  auto const write = [](auto const& item) { return of(item); };
  if (!plan.tiers.empty()) {
    out["tiers"] = rows(plan.tiers, write);
  }
  if (plan.package) {
    out["package"] = of(*plan.package);
  }
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

}  // namespace

std::string plan_hash(model::Scenario const& scenario, model::ForcePlan const& plan) {
  return sha256(printed(document(scenario, plan, std::nullopt)));
}

std::string to_json(model::Scenario const& scenario, model::ForcePlan const& plan) {
  return printed(document(scenario, plan, plan_hash(scenario, plan)));
}

}  // namespace guarantor::report
