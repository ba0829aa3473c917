#include "guarantor/monitor/case_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
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
using model::Done;
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

/// A step, and where it stands in the store.
struct PlacedStep {
  store::Position position{};
  CaseStep step;
};

/// The steps kept under one name, oldest first.
Result<std::vector<PlacedStep>> own_steps(store::Store const& store, std::string const& incident) {
  std::vector<PlacedStep> steps;
  for (RecordKind const kind : {RecordKind::kFinding, RecordKind::kReply, RecordKind::kDecision}) {
    auto const history = store.history(kind, incident);
    if (!history.ok()) {
      return history.error();
    }
    for (store::Record const& record : history.value()) {
      if (record.erased) {
        continue;
      }
      auto step = parse_case_step(record.body);
      if (!step.ok()) {
        return step.error();
      }
      steps.push_back({record.position, std::move(step).value()});
    }
  }
  std::ranges::sort(steps, {}, &PlacedStep::position);
  return steps;
}

/// What an incident took in, and where that stands in the store, oldest first.
Result<std::vector<std::pair<store::Position, std::string>>> taken_in(store::Store const& store,
                                                                      std::string const& incident) {
  std::vector<std::pair<store::Position, std::string>> others;
  auto const history = store.history(RecordKind::kIncident, incident);
  if (!history.ok()) {
    return history.error();
  }
  for (store::Record const& record : history.value()) {
    auto const kept = parse_incident(record.body);
    if (!kept.ok()) {
      return kept.error();
    }
    if (kept.value().incident.cause == model::RevisionCause::kMerged) {
      for (model::IncidentId const& other : kept.value().incident.others) {
        others.emplace_back(record.position, other.text());
      }
    }
  }
  return others;
}

/// Whose case an incident has: its own, or, where it had none when it took another in, that one's.
/// Two that had gone different ways before they were one keep one case; the steps of the other stay
/// to be read.
class CaseSteps {
 public:
  explicit CaseSteps(store::Store const& store) : store_{store} {}

  Result<Done> read(std::string const& incident) {
    auto const counted = steps_of(incident);
    if (!counted.ok()) {
      return counted.error();
    }
    counted_ = counted.value();
    return Done{};
  }

  [[nodiscard]] std::vector<PlacedStep> const& counted() const { return counted_; }
  [[nodiscard]] std::vector<PlacedStep> const& others() const { return others_; }

 private:
  /// Those that count, oldest first; the others are put aside.
  Result<std::vector<PlacedStep>> steps_of(std::string const& incident) {
    std::vector<PlacedStep> counted;
    if (!seen_.insert(incident).second) {
      return counted;
    }
    auto own = own_steps(store_, incident);
    auto const merges = own.ok() ? taken_in(store_, incident) : own.error();
    if (!merges.ok()) {
      return merges.error();
    }
    auto next = own.value().begin();
    auto const own_before = [&](store::Position position) {
      for (; next != own.value().end() && next->position < position; ++next) {
        counted.push_back(std::move(*next));
      }
    };
    for (auto const& [position, other] : merges.value()) {
      own_before(position);
      auto inherited = steps_of(other);
      if (!inherited.ok()) {
        return inherited;
      }
      std::ranges::move(inherited.value(), std::back_inserter(counted.empty() ? counted : others_));
    }
    own_before(std::numeric_limits<store::Position>::max());
    return counted;
  }

  store::Store const& store_;
  std::set<std::string> seen_;
  std::vector<PlacedStep> counted_;
  std::vector<PlacedStep> others_;
};

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

CaseFile replayed(model::Incident const& incident, CaseSteps const& steps) {
  CaseFile file = watch::open_case(incident);
  // Verdicts were given on what was alleged then; that something was withdrawn since undoes none.
  if (!steps.counted().empty() && file.state == model::CaseState::kObserved) {
    file.state = model::CaseState::kAlleged;
  }
  std::vector<PlacedStep> all = steps.others();
  for (PlacedStep placed : steps.counted()) {
    placed.step.incident = incident.id;
    // Each was allowed when it was kept; one that no longer is stays to be read, since a floor that
    // cannot be read helps nobody. `store check` finds what was altered.
    if (auto next = watch::after(file, placed.step); next.ok()) {
      file = std::move(next).value();
    }
    all.push_back(std::move(placed));
  }
  std::ranges::sort(all, {}, &PlacedStep::position);
  file.steps.clear();
  for (PlacedStep& placed : all) {
    placed.step.incident = incident.id;
    file.steps.push_back(std::move(placed.step));
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
  CaseSteps steps{store};
  auto const read = steps.read(incident.text());
  return read.ok() ? Result<CaseFile>{replayed(live.value(), steps)} : read.error();
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
