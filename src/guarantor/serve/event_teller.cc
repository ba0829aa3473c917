#include "guarantor/serve/event_teller.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "guarantor/ledger/digest.h"
#include "guarantor/monitor/case_desk.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/record_sight.h"
#include "guarantor/serve/scenario_change.h"

namespace guarantor::serve {
namespace {

using model::Done;
using model::Result;
using store::Position;
using store::Record;
using store::RecordKind;
using Json = nlohmann::ordered_json;

constexpr std::size_t kReadAtOnce = 2'000;

std::string line(Json const& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Table and key of a row from its record's key, `scenario/table/key`.
struct RowName {
  std::string scenario;
  std::string table;
  std::string key;
};

std::optional<RowName> row_name(std::string const& text) {
  auto const first = text.find('/');
  auto const second = first == std::string::npos ? first : text.find('/', first + 1);
  if (second == std::string::npos) {
    return std::nullopt;
  }
  return RowName{text.substr(0, first), text.substr(first + 1, second - first - 1),
                 text.substr(second + 1)};
}

std::string text_at(Json const& object, char const* name) {
  auto const found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// An event that those are told who may read such a record.
Event event_of(Record const& record, std::string type, Json const& data) {
  return {.id = record.position + 1,
          .type = std::move(type),
          .data = line(data),
          .visible = [kind = *model::parse<policy::Record>(model::text(record.kind)),
                      owner = record.owner, to = record.releasable_to](
                         policy::Viewer const& viewer) { return sees(viewer, kind, owner, to); }};
}

/// The hash of a whole plan is that of what not everyone may see.
Event plan_event(Record const& record) {
  auto const body = Json::parse(record.body, nullptr, false);
  Json const data{{"scenario", text_at(body, "scenario")}, {"plan", record.key}};
  auto event = event_of(record, "plan", data);
  event.data_for = [data, version = ledger::hex(record.version)](policy::Viewer const& viewer) {
    Json whole = data;
    if (policy::sees_everything(viewer)) {
      whole["version"] = version;
    }
    return line(whole);
  };
  return event;
}

/// What is told to those who see an incident, as it is or as it was when it was last told.
Event incident_event(Position position, std::string type, Json const& data, SharedCard before,
                     SharedCard after) {
  return {.id = position + 1,
          .type = std::move(type),
          .data = line(data),
          .visible = [before = std::move(before),
                      after = std::move(after)](policy::Viewer const& viewer) {
            return policy::sees_everything(viewer) || (before && sees_incident(viewer, *before)) ||
                   (after && sees_incident(viewer, *after));
          }};
}

}  // namespace

/// What a look at the store brought.
struct EventTeller::Found {
  struct Change {
    Position position{};  ///< of what made the last version the current one
    store::ScenarioVersion after;
    std::map<std::string, Position> rows{};  ///< by record key, where it was kept last
  };
  struct Revision {
    Position position{};
    Json number;
  };
  std::vector<Event> events;
  std::vector<std::string> accounts;
  std::map<std::string, Revision> revisions;  ///< of incidents, the last of each
  std::vector<Record> steps;                  ///< of people, on incidents
  std::map<std::string, Change> changes;
};

Result<Done> EventTeller::begin() {
  auto const size = gate_.read([](auto const& store) { return store.size(); });
  auto const scenarios = gate_.read([](auto const& store) { return store::list_scenarios(store); });
  if (!size.ok() || !scenarios.ok()) {
    return size.ok() ? scenarios.error() : size.error();
  }
  for (auto const& version : scenarios.value()) {
    current_.insert_or_assign(version.scenario, version);
  }
  next_ = size.value();
  hub_.begin_after(next_);
  return Done{};
}

Result<Position> EventTeller::tell() {
  auto const records = next_records();
  if (!records.ok()) {
    return records.error();
  }
  Found found;
  for (Record const& record : records.value()) {
    if (record.kind == RecordKind::kErasure) {
      views_.forget();
    }
  }
  for (Record const& record : records.value()) {
    if (auto const taken = take(record, found); !taken.ok()) {
      return taken.error();
    }
  }
  add_scenarios(found);
  add_incidents(found);
  std::ranges::sort(found.events, {}, &Event::id);
  // What each may see is worked out before, as others wait while an event is told.
  for (auto const& viewer : hub_.viewers()) {
    for (Event const& event : found.events) {
      static_cast<void>(event.visible(viewer));
    }
  }
  for (Event& event : found.events) {
    hub_.publish(std::move(event));
  }
  for (std::string const& account : found.accounts) {
    hub_.end(account);  // it comes back as who it is by now
  }
  next_ += records.value().size();
  return next_;
}

/// Up to the end of a step: what was kept as one is told as one.
Result<std::vector<Record>> EventTeller::next_records() const {
  return gate_.read([&](auto const& store) -> Result<std::vector<Record>> {
    std::vector<Record> records;
    auto const size = store.size();
    if (!size.ok()) {
      return size.error();
    }
    auto const in_a_step = [&] {
      return !records.empty() && (records.back().kind == RecordKind::kRow ||
                                  records.back().kind == RecordKind::kScenario);
    };
    for (Position at = next_; at < size.value() && (records.size() < kReadAtOnce || in_a_step());
         ++at) {
      auto record = store.at(at);
      if (!record.ok()) {
        return record.error();
      }
      records.push_back(std::move(record).value());
    }
    return records;
  });
}

Result<Done> EventTeller::take(Record const& record, Found& found) const {
  switch (record.kind) {
    case RecordKind::kRow:
      if (auto const name = row_name(record.key)) {
        found.changes[name->scenario].rows[record.key] = record.position;
      }
      break;
    case RecordKind::kCurrent: {
      // Not the version that is the current one by now: what led there is told after this.
      auto const body = Json::parse(record.body, nullptr, false);
      auto const version = gate_.read([&](auto const& store) {
        return store::version_at(
            store, body.is_object() ? body.value("position", Position{}) : Position{});
      });
      if (!version.ok()) {
        return version.error();
      }
      auto& change = found.changes[record.key];
      change.position = record.position;
      change.after = version.value();
      break;
    }
    case RecordKind::kPlan:
      found.events.push_back(plan_event(record));
      break;
    case RecordKind::kReport:
      found.events.push_back(event_of(record, "report", {{"report", record.key}}));
      break;
    case RecordKind::kSitePlan:
      found.events.push_back(event_of(record, "sites", {{"sites", record.key}}));
      break;
    case RecordKind::kIncident: {
      auto const body = Json::parse(record.body, nullptr, false);
      found.revisions[record.key] = {record.position,
                                     body.is_object() ? body.value("revision", Json()) : Json()};
      break;
    }
    case RecordKind::kFinding:
    case RecordKind::kReply:
    case RecordKind::kDecision:
      found.steps.push_back(record);
      break;
    case RecordKind::kAccount:
      found.events.push_back(event_of(record, "account", {{"account", record.key}}));
      found.accounts.push_back(record.key);
      break;
    case RecordKind::kStore:
    case RecordKind::kScenario:
    case RecordKind::kObservation:
    case RecordKind::kAccess:
    case RecordKind::kErasure:
      break;
  }
  return Done{};
}

void EventTeller::add_incidents(Found& found) {
  if (has_cards_ && found.revisions.empty() && found.steps.empty()) {
    return;
  }
  // A board that cannot be read must not keep everything else from being told: of incidents those
  // hear then who see everything.
  auto const read = watch_.incidents();
  auto const* const board = read.ok() ? read.value() : nullptr;
  auto const card = [&](std::string const& id) {
    return board == nullptr ? nullptr : board->find(model::IncidentId{id});
  };
  for (auto const& [id, revision] : found.revisions) {
    auto& known = cards_[model::IncidentId{id}];
    auto const after = card(id);
    auto event = incident_event(revision.position, "incident", {{"id", id}}, known, after);
    // Revisions are also made by reports that the viewer does not see: their number tells of them.
    event.data_for = [data = event.data, number = revision.number,
                      id](policy::Viewer const& viewer) {
      return sees_all_reports(viewer) ? line({{"id", id}, {"revision", number}}) : data;
    };
    found.events.push_back(std::move(event));
    known = after;
  }
  for (Record const& record : found.steps) {
    auto event = incident_event(record.position, "case", {{"incident", record.key}}, nullptr,
                                card(record.key));
    auto const parsed = monitor::parse_case_step(record.body);
    if (parsed.ok()) {
      event.visible = [of_incident = event.visible, step = parsed.value()](auto const& viewer) {
        return of_incident(viewer) && sees_step(viewer, step);
      };
    } else {
      event.visible = policy::sees_everything;
    }
    found.events.push_back(std::move(event));
  }
  if (!has_cards_ && board != nullptr) {
    board->each({}, [&](SharedCard const& one) {
      cards_.insert_or_assign(one->id, one);
      return true;
    });
    has_cards_ = true;
  }
}

void EventTeller::add_scenarios(Found& found) {
  for (auto const& [scenario, change] : found.changes) {
    if (change.after.scenario.empty()) {
      continue;  // rows without a version: nobody sees them
    }
    auto const known = current_.find(scenario);
    auto const before = known == current_.end() ? std::nullopt : std::optional{known->second};
    auto const seen = std::make_shared<ScenarioChange const>(views_, before, change.after);
    current_.insert_or_assign(scenario, change.after);
    found.events.push_back({.id = change.position + 1,
                            .type = "scenario",
                            .data = {},
                            .visible = [seen](auto const& v) { return seen->seen_by(v)->changed; },
                            .data_for =
                                [seen, id = scenario](auto const& viewer) {
                                  return line(
                                      {{"scenario", id}, {"version", seen->seen_by(viewer)->name}});
                                }});
    if (!before || change.rows.size() > kMostRows) {
      continue;
    }
    for (auto const& [key, position] : change.rows) {
      auto const name = *row_name(key);
      found.events.push_back(
          {.id = position + 1,
           .type = "row",
           .data = line({{"scenario", name.scenario}, {"table", name.table}, {"key", name.key}}),
           .visible = [seen, row = std::pair{name.table, name.key}](auto const& viewer) {
             return seen->seen_by(viewer)->rows.contains(row);
           }});
    }
  }
}

}  // namespace guarantor::serve
