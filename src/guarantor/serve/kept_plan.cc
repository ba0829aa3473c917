#include "guarantor/serve/kept_plan.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/report/plan_report.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr char const* kAsked = "asked";

Json to_json(SupposedRow const& change) {
  Json cells = nullptr;
  if (change.cells) {
    cells = Json::object();
    for (auto const& [column, text] : *change.cells) {
      cells[column] = text;
    }
  }
  return {{"table", change.table}, {"key", change.key}, {"cells", std::move(cells)}};
}

std::string text_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

SupposedRow change_of(Json const& json) {
  SupposedRow change{text_at(json, "table"), text_at(json, "key"), {}};
  if (auto const cells = json.find("cells"); cells != json.end() && cells->is_object()) {
    change.cells.emplace();
    for (auto const& [column, value] : cells->items()) {
      (*change.cells)[column] = value.is_string() ? value.get<std::string>() : "";
    }
  }
  return change;
}

/// What was asked, of a body that `report` has read already.
PlanAsked asked_of(std::string const& body) {
  PlanAsked asked;
  auto const json = Json::parse(body, nullptr, false);
  auto const found = json.is_object() ? json.find(kAsked) : json.end();
  if (!json.is_object() || found == json.end() || !found->is_object()) {
    return asked;
  }
  asked.title = text_at(*found, "title");
  asked.based_on = text_at(*found, "based_on");
  auto const changes = found->find("changes");
  if (changes != found->end() && changes->is_array()) {
    for (Json const& change : *changes) {
      asked.changes.push_back(change.is_object() ? change_of(change) : SupposedRow{});
    }
  }
  return asked;
}

Error scenario_gone() {
  return {ErrorKind::kRefused, "what may be seen of the plan cannot be told without its scenario",
          "ask a planner to import it"};
}

}  // namespace

std::string to_body(model::Scenario const& scenario, KeptPlan const& kept) {
  Json json = Json::parse(report::to_json(scenario, kept.plan));
  Json asked{{"title", kept.asked.title}};
  if (!kept.asked.changes.empty()) {
    asked["based_on"] = kept.asked.based_on;
    asked["changes"] = Json::array();
    for (SupposedRow const& change : kept.asked.changes) {
      asked["changes"].push_back(to_json(change));
    }
  }
  json[kAsked] = std::move(asked);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<KeptPlan> from_body(std::string const& body) {
  auto plan = report::from_json(body);
  return plan.ok() ? Result<KeptPlan>{KeptPlan{std::move(plan).value(), asked_of(body)}}
                   : plan.error();
}

Result<model::Scenario> scenario_of(KeptPlan const& kept, VersionSource const& source) {
  std::string const& id = kept.plan.scenario_id;
  if (!kept.asked.changes.empty()) {
    auto const base = source(id, kept.asked.based_on);
    auto loaded = base.ok() ? supposed_scenario(base.value(), kept.asked.changes) : base.error();
    if (!loaded.ok() || !loaded.value().scenario ||
        tables::content_hash(*loaded.value().scenario) != kept.plan.scenario_hash) {
      return scenario_gone();
    }
    return *std::move(loaded.value().scenario);
  }
  auto scenario = source(id, kept.plan.scenario_hash);
  if (!scenario.ok()) {
    scenario = source(id, {});
  }
  return scenario.ok() ? std::move(scenario) : Result<model::Scenario>{scenario_gone()};
}

}  // namespace guarantor::serve
