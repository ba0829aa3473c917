#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/report/json_text.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/promise_report.h"
#include "guarantor/report/reach_json.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::ordered_json;

Json number(std::optional<model::Units> units) {
  return units ? Json(units->count()) : Json(nullptr);
}

Json day(std::optional<model::Date> date) {
  return date ? Json(model::print(*date)) : Json(nullptr);
}

template <class Word>
Json word(std::optional<Word> value) {
  return value ? Json(model::text(*value)) : Json(nullptr);
}

template <class Tag>
Json name(model::Id<Tag> const& id) {
  return id.empty() ? Json(nullptr) : Json(id.text());
}

Json of(model::StatedUnits const& units) {
  return {{"units", number(units.units)}, {"not_stated", units.not_stated}};
}

Json of(model::Scenario const& scenario, model::PromiseEvent const& event) {
  auto const& from = model::provenance_of(scenario, event);
  Json out = {{"date", day(event.date)},
              {"pledge", event.pledge.text()},
              {"nation", event.nation.text()},
              {"capability", event.capability.text()},
              {"event", model::text(event.kind)},
              {"change", number(event.change)},
              {"after", number(event.after)},
              {"status_before", word(event.status_before)},
              {"status_after", word(event.status_after)},
              {"meeting", name(event.meeting)}};
  if (event.table == model::Table::kDeliveries) {
    out["to"] = scenario.deliveries[event.row].to;
    out["reference"] = scenario.deliveries[event.row].reference;
  }
  out["table"] = model::text(event.table);
  out["source"] = from.source;
  out["source_date"] = day(from.source_date);
  out["confidence"] = word(from.confidence);
  out["note"] = from.note;
  return out;
}

Json of(model::PromiseStanding const& standing) {
  return {{"pledge", standing.pledge.text()},
          {"nation", standing.nation.text()},
          {"capability", standing.capability.text()},
          {"first_offered", number(standing.first)},
          {"offered", number(standing.offered)},
          {"transferred", of(standing.transferred)},
          {"delivered", of(standing.delivered)},
          {"owed", number(standing.owed)},
          {"is_withdrawn", standing.withdrawn},
          {"withdrawn", number(standing.taken_back)},
          {"offered_on", day(standing.offered_on)},
          {"delivered_on", day(standing.delivered_on)},
          {"confidence", model::text(standing.confidence)}};
}

Json of(model::PromiseSum const& sum) {
  return {{"nation", sum.nation.text()},
          {"capability", sum.capability.text()},
          {"pledges", sum.pledges},
          {"withdrawn_pledges", sum.withdrawn_pledges},
          {"first_offered", of(sum.first)},
          {"offered", of(sum.offered)},
          {"transferred", of(sum.transferred)},
          {"delivered", of(sum.delivered)},
          {"owed", of(sum.owed)},
          {"withdrawn", of(sum.taken_back)}};
}

Json document(model::Scenario const& scenario, model::PromiseLedger const& ledger,
              std::optional<std::string> const& hash) {
  Json out = scenario_heading(scenario, ledger.scenario_hash, ledger.program_version, {});
  auto const& request = ledger.request;
  out["as_of"] = model::print(scenario.header.as_of);
  out["asked"] = {{"nation", name(request.nation)},
                  {"capability", name(request.capability)},
                  {"from", day(request.from)},
                  {"until", day(request.until)}};
  auto const& shares = ledger.provenance;
  out["provenance"] = {{"reported", shares.reported},
                       {"estimated", shares.estimated},
                       {"illustrative", shares.illustrative}};
  out["deliveries_recorded"] = scenario.deliveries.size();
  out["undated_left_out"] = ledger.undated_left_out;
  for (char const* const table : {"events", "pledges", "promises"}) {
    out[table] = Json::array();
  }
  for (auto const& event : ledger.events) {
    out["events"].push_back(of(scenario, event));
  }
  for (auto const& standing : ledger.standings) {
    out["pledges"].push_back(of(standing));
  }
  for (auto const& sum : ledger.sums) {
    out["promises"].push_back(of(sum));
  }
  if (hash) {
    out["promise_hash"] = *hash;
  }
  if (auto const mark = banner(scenario); !mark.empty()) {
    out["footing"] = mark;
  }
  return out;
}

}  // namespace

std::string promise_hash(model::Scenario const& scenario, model::PromiseLedger const& ledger) {
  return sha256(printed(document(scenario, ledger, std::nullopt)));
}

std::string to_json(model::Scenario const& scenario, model::PromiseLedger const& ledger) {
  return printed(document(scenario, ledger, promise_hash(scenario, ledger)));
}

}  // namespace guarantor::report
