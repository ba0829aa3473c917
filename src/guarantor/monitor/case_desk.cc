#include "guarantor/monitor/case_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "guarantor/monitor/incident_json.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/watch/case_rules.h"

namespace guarantor::monitor {
namespace {

using model::CaseAction;
using model::CaseFile;
using model::CaseStep;
using model::Error;
using model::ErrorKind;
using model::Result;
using nlohmann::json;
using store::RecordKind;

RecordKind kind_of(CaseAction action) {
  return action == CaseAction::kReply    ? RecordKind::kReply
         : action == CaseAction::kDecide ? RecordKind::kDecision
                                         : RecordKind::kFinding;
}

template <class Enum>
void read_word(json const& object, char const* name, std::optional<Enum>& value) {
  if (object.contains(name)) {
    value = model::parse<Enum>(object.at(name).get<std::string>());
    if (!value) {
      throw json::other_error::create(501, fmt::format("{} is none", name), nullptr);
    }
  }
}

void read_instant(json const& object, char const* name, std::optional<model::Instant>& value) {
  if (object.contains(name)) {
    value = model::parse_instant(object.at(name).get<std::string>());
    if (!value) {
      throw json::other_error::create(501, fmt::format("{} is no moment", name), nullptr);
    }
  }
}

CaseStep read(json const& object) {
  CaseStep step;
  std::optional<CaseAction> action;
  std::optional<model::Instant> at;
  step.incident = model::IncidentId{object.at("incident").get<std::string>()};
  read_word(object, "action", action);
  read_instant(object, "at", at);
  step.action = action.value();
  step.at = at.value();
  step.by = object.at("by").get<std::string>();
  step.why = object.at("why").get<std::string>();
  step.revision = object.at("revision").get<std::int64_t>();
  read_word(object, "verdict", step.verdict);
  read_word(object, "obstacle", step.obstacle);
  read_word(object, "confidence", step.certainty);
  read_instant(object, "reply_by", step.reply_by);
  for (auto const& party : object.value("parties", std::vector<std::string>{})) {
    step.parties.emplace_back(party);
  }
  step.evidence = object.value("evidence", std::vector<std::string>{});
  if (object.contains("dissents")) {
    for (json const& dissent : object.at("dissents")) {
      step.dissents.push_back(
          {dissent.at("by").get<std::string>(), dissent.at("why").get<std::string>()});
    }
  }
  return step;
}

/// An incident and all that it took in, directly or through others.
Result<std::set<std::string>> names_of(store::Store const& store, std::string const& incident) {
  std::set<std::string> names{incident};
  std::vector<std::string> open{incident};
  while (!open.empty()) {
    auto const history = store.history(RecordKind::kIncident, open.back());
    open.pop_back();
    if (!history.ok()) {
      return history.error();
    }
    for (store::Record const& record : history.value()) {
      auto const kept = parse_incident(record.body);
      if (!kept.ok()) {
        return kept.error();
      }
      if (kept.value().incident.cause != model::RevisionCause::kMerged) {
        continue;
      }
      for (model::IncidentId const& other : kept.value().incident.others) {
        if (names.insert(other.text()).second) {
          open.push_back(other.text());
        }
      }
    }
  }
  return names;
}

/// The steps kept of an incident and of what it took in, oldest first.
Result<std::vector<CaseStep>> steps_of(store::Store const& store, std::string const& incident) {
  auto const names = names_of(store, incident);
  if (!names.ok()) {
    return names.error();
  }
  std::vector<store::Record> records;
  for (std::string const& name : names.value()) {
    for (RecordKind const kind :
         {RecordKind::kFinding, RecordKind::kReply, RecordKind::kDecision}) {
      auto history = store.history(kind, name);
      if (!history.ok()) {
        return history.error();
      }
      std::ranges::move(history.value(), std::back_inserter(records));
    }
  }
  std::ranges::sort(records, {}, &store::Record::position);
  std::vector<CaseStep> steps;
  for (store::Record const& record : records) {
    if (record.erased) {
      continue;
    }
    auto step = parse_case_step(record.body);
    if (!step.ok()) {
      return step.error();
    }
    steps.push_back(std::move(step).value());
  }
  return steps;
}

/// The incident as it is now, or why there is none.
Result<model::Incident> live_incident(store::Store const& store, model::IncidentId const& id) {
  auto incident = kept_incident(store, id);
  if (!incident.ok()) {
    return incident.error();
  }
  if (!incident.value()) {
    return Error{ErrorKind::kNotFound, fmt::format("there is no incident {}", id.text()),
                 "`guarantor watch incidents` lists them"};
  }
  if (has_ended(*incident.value())) {
    auto const& others = incident.value()->others;
    return Error{ErrorKind::kNotFound, fmt::format("nothing is left of incident {}", id.text()),
                 others.empty() ? "its reports were withdrawn or corrected"
                                : "it was taken into " + others.front().text()};
  }
  return std::move(*incident.value());
}

Result<CaseFile> replayed(model::Incident const& incident, std::vector<CaseStep> const& steps) {
  CaseFile file = watch::open_case(incident);
  // Verdicts were given on what was alleged then; that something was withdrawn since undoes none.
  if (!steps.empty() && file.state == model::CaseState::kObserved) {
    file.state = model::CaseState::kAlleged;
  }
  for (CaseStep step : steps) {
    bool const of_another = step.incident != incident.id;
    step.incident = incident.id;
    auto next = watch::after(file, step);
    if (!next.ok() && of_another) {
      // Two incidents had gone different ways before they were one: the step stays to be read.
      file.steps.push_back(std::move(step));
      continue;
    }
    if (!next.ok()) {
      return Error{ErrorKind::kCheckFailed,
                   fmt::format("a step kept of incident {} is not allowed: {}", incident.id.text(),
                               next.error().message),
                   "`guarantor store check` says whether the store was altered"};
    }
    file = std::move(next).value();
  }
  return file;
}

}  // namespace

std::string to_json(CaseStep const& step) {
  json object{{"incident", step.incident.text()},
              {"action", model::text(step.action)},
              {"at", model::print(step.at)},
              {"by", step.by},
              {"why", step.why},
              {"revision", step.revision}};
  if (step.verdict) {
    object["verdict"] = model::text(*step.verdict);
  }
  if (step.obstacle) {
    object["obstacle"] = model::text(*step.obstacle);
  }
  if (step.certainty) {
    object["confidence"] = model::text(*step.certainty);
  }
  if (step.reply_by) {
    object["reply_by"] = model::print(*step.reply_by);
  }
  for (model::PartyId const& party : step.parties) {
    object["parties"].push_back(party.text());
  }
  if (!step.evidence.empty()) {
    object["evidence"] = step.evidence;
  }
  for (model::Dissent const& dissent : step.dissents) {
    object["dissents"].push_back({{"by", dissent.by}, {"why", dissent.why}});
  }
  return object.dump();
}

Result<CaseStep> parse_case_step(std::string_view text) {
  try {
    return read(json::parse(text));
  } catch (std::exception const& error) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("a step's record cannot be read: {}", error.what()),
                 "it was kept by another program"};
  }
}

Result<CaseFile> case_of(store::Store const& store, model::IncidentId const& incident) {
  auto const live = live_incident(store, incident);
  if (!live.ok()) {
    return live.error();
  }
  auto const steps = steps_of(store, incident.text());
  return steps.ok() ? replayed(live.value(), steps.value()) : steps.error();
}

Result<std::pair<CaseFile, store::Receipt>> keep_step(store::Store& store, CaseStep step,
                                                      store::Author const& author) {
  step.by = author.name;
  step.at = author.at;
  CaseFile file;
  auto const kept = store.append_built(
      [&](store::Position) -> Result<store::Store::Step> {
        auto const live = live_incident(store, step.incident);
        auto const before = live.ok() ? case_of(store, step.incident) : live.error();
        if (!before.ok()) {
          return before.error();
        }
        step.revision = live.value().revision;
        auto after = watch::after(before.value(), step);
        if (!after.ok()) {
          return after.error();
        }
        file = std::move(after).value();
        return store::Store::Step{.drafts = {{.kind = kind_of(step.action),
                                              .key = step.incident.text(),
                                              .body = to_json(step),
                                              .owner = {},
                                              .releasable_to = {}}}};
      },
      author);
  if (!kept.ok()) {
    return kept.error();
  }
  return std::pair{std::move(file), kept.value()};
}

}  // namespace guarantor::monitor
