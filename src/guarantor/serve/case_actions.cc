#include "guarantor/serve/case_actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "guarantor/policy/operation.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/watch/case_rules.h"

namespace guarantor::serve {
namespace {

using model::CaseAction;
using model::CaseFile;
using model::CaseStep;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;
using nlohmann::json;
using policy::Operation;
using policy::Record;

bool may_act(policy::Viewer const& viewer, CaseAction action) {
  switch (action) {
    case CaseAction::kVerify:
    case CaseAction::kDispute:
    case CaseAction::kClose:
      return policy::may(viewer, Operation::kVerify, Record::kIncident);
    case CaseAction::kFind:
      return policy::may(viewer, Operation::kFind, Record::kFinding);
    case CaseAction::kReply:
      return policy::may(viewer, Operation::kReply, Record::kReply, viewer.nation);
    case CaseAction::kDecide:
      return policy::may(viewer, Operation::kDecide, Record::kDecision);
  }
  return false;
}

bool verified_by(CaseFile const& file, std::string const& account) {
  return std::ranges::any_of(file.steps, [&](CaseStep const& step) {
    return step.action == CaseAction::kVerify && step.by == account;
  });
}

/// A step that lacks nothing, to ask the rules whether one of its kind may come next.
CaseStep sample(Caller const& caller, CaseFile const& file, CaseAction action, model::Instant now) {
  CaseStep step{.incident = file.incident, .action = action};
  step.by = caller.account.empty() ? "somebody" : caller.account;
  step.at = now;
  step.why = "?";
  if (action == CaseAction::kVerify) {
    step.verdict = model::CaseState::kVerified;
  }
  if (action == CaseAction::kFind) {
    step.parties = {model::PartyId{"any"}};
    step.reply_by = now + std::chrono::hours{1};
  }
  if (action == CaseAction::kReply && file.finding) {
    std::ranges::copy_if(
        file.finding->parties, std::back_inserter(step.parties),
        [&](model::PartyId const& party) { return is_nation(party, caller.viewer.nation); });
  }
  step.certainty = model::Certainty::kLow;
  return step;
}

/// What is wrong with a body, field by field.
class Faults {
 public:
  void add(std::string_view field, std::string message, std::string hint) {
    list_.push_back({{"table", ""},
                     {"key", ""},
                     {"column", field},
                     {"message", std::move(message)},
                     {"hint", std::move(hint)}});
  }
  [[nodiscard]] bool none() const { return list_.empty(); }
  [[nodiscard]] Response response() const {
    nlohmann::ordered_json body{{"type", "urn:guarantor:invalid"},
                                {"title", "not valid"},
                                {"status", 422},
                                {"detail", list_.front().at("message")},
                                {"hint", list_.front().at("hint")},
                                {"errors", list_}};
    return respond(422, "application/problem+json", dump(body));
  }

 private:
  nlohmann::ordered_json list_ = nlohmann::ordered_json::array();
};

std::optional<std::string> text_of(json const& body, char const* name, Faults& faults) {
  auto const found = body.find(name);
  if (found == body.end() || found->is_null()) {
    return std::nullopt;
  }
  if (!found->is_string()) {
    faults.add(name, fmt::format("`{}` is no text", name), "");
    return std::nullopt;
  }
  return found->get<std::string>();
}

template <class Enum>
std::optional<Enum> word_of(json const& body, char const* name, std::string_view words,
                            Faults& faults) {
  auto const text = text_of(body, name, faults);
  if (!text) {
    return std::nullopt;
  }
  auto const value = model::parse<Enum>(*text);
  if (!value) {
    faults.add(name, fmt::format("`{}` is no {}", *text, name), std::string{words});
  }
  return value;
}

std::vector<std::string> texts_of(json const& body, char const* name, Faults& faults) {
  std::vector<std::string> texts;
  auto const found = body.find(name);
  if (found == body.end() || found->is_null()) {
    return texts;
  }
  bool const list = found->is_array() &&
                    std::ranges::all_of(*found, [](json const& one) { return one.is_string(); });
  if (!list) {
    faults.add(name, fmt::format("`{}` is no list of texts", name), "");
    return texts;
  }
  return found->get<std::vector<std::string>>();
}

void read_parties(json const& body, model::Scenario const& scenario, CaseStep& step,
                  Faults& faults) {
  std::set<model::PartyId> known;
  std::string names;
  for (model::PartyPosition const& position : scenario.positions) {
    if (known.insert(position.party).second) {
      names += (names.empty() ? "" : ", ") + position.party.text();
    }
  }
  for (std::string& name : texts_of(body, "parties", faults)) {
    model::PartyId party{std::move(name)};
    if (!known.contains(party)) {
      faults.add("parties", fmt::format("`{}` is no party", party.text()),
                 "those with a position: " + names);
    }
    step.parties.push_back(std::move(party));
  }
}

void read_dissents(json const& body, CaseStep& step, Faults& faults) {
  auto const found = body.find("dissents");
  if (found == body.end() || found->is_null()) {
    return;
  }
  bool const list = found->is_array() && std::ranges::all_of(*found, [](json const& one) {
                      return one.is_object() && one.contains("by") && one.at("by").is_string() &&
                             one.contains("why") && one.at("why").is_string();
                    });
  if (!list) {
    faults.add("dissents", "`dissents` is no list of who and why",
               R"([{"by": "QOS", "why": "one source alone"}])");
    return;
  }
  for (json const& one : *found) {
    step.dissents.push_back({one.at("by").get<std::string>(), one.at("why").get<std::string>()});
  }
}

}  // namespace

std::vector<CaseAction> actions(Caller const& caller, CaseFile const& file, model::Instant now) {
  std::vector<CaseAction> allowed;
  for (std::size_t i = 0; i < model::kWords<CaseAction>.size(); ++i) {
    auto const action = static_cast<CaseAction>(i);
    CaseStep const step = sample(caller, file, action, now);
    if (may_take(caller, step, file).ok() && watch::after(file, step).ok()) {
      allowed.push_back(action);
    }
  }
  return allowed;
}

Result<Done> may_take(Caller const& caller, CaseStep const& step, CaseFile const& file) {
  if (!may_act(caller.viewer, step.action)) {
    return Error{ErrorKind::kRefused,
                 fmt::format("to {} is not for your role", model::text(step.action)),
                 "docs/policy.md says who may do what"};
  }
  if (step.action == CaseAction::kDecide && verified_by(file, caller.account)) {
    return Error{ErrorKind::kRefused, "nobody decides what he verified himself", ""};
  }
  if (step.action == CaseAction::kReply &&
      !std::ranges::all_of(step.parties, [&](model::PartyId const& party) {
        return is_nation(party, caller.viewer.nation);
      })) {
    return Error{ErrorKind::kRefused, "a nation replies for itself alone",
                 "the party that is " + caller.viewer.nation.text()};
  }
  return Done{};
}

std::variant<CaseStep, Response> read_step(json const& body, model::Scenario const& scenario) {
  Faults faults;
  CaseStep step;
  auto const action =
      word_of<CaseAction>(body, "action", "verify, dispute, close, find, reply or decide", faults);
  if (!action && faults.none()) {
    faults.add("action", "no action", "verify, dispute, close, find, reply or decide");
  }
  step.action = action.value_or(CaseAction::kVerify);
  step.why = text_of(body, "why", faults).value_or("");
  if (step.why.find_first_not_of(" \t\r\n") == std::string::npos) {
    faults.add("why", "no reason is given", "every step says why, for the record");
  }
  step.verdict =
      word_of<model::CaseState>(body, "verdict", "verified, not-verified or unverifiable", faults);
  step.obstacle =
      word_of<model::Obstacle>(body, "obstacle", "access-denied, not-watched or other", faults);
  step.certainty = word_of<model::Certainty>(body, "certainty", "low, moderate or high", faults);
  if (auto const reply_by = text_of(body, "reply_by", faults)) {
    step.reply_by = model::parse_instant(*reply_by);
    if (!step.reply_by) {
      faults.add("reply_by", fmt::format("`{}` is no moment", *reply_by),
                 "as 2026-06-05T12:00:00Z");
    }
  }
  read_parties(body, scenario, step, faults);
  read_dissents(body, step, faults);
  step.evidence = texts_of(body, "evidence", faults);
  if (!faults.none()) {
    return faults.response();
  }
  return step;
}

}  // namespace guarantor::serve
