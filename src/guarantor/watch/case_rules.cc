#include "guarantor/watch/case_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace guarantor::watch {
namespace {

using model::CaseAction;
using model::CaseFile;
using model::CaseState;
using model::CaseStep;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

Error bad(std::string message, std::string hint) {
  return {ErrorKind::kBadInput, std::move(message), std::move(hint)};
}

Error refused(CaseFile const& file, std::string_view what, std::string hint) {
  return {ErrorKind::kRefused,
          fmt::format("incident {} is {}: {}", file.incident.text(), model::text(file.state), what),
          std::move(hint)};
}

bool is_verdict(CaseState state) {
  return state == CaseState::kVerified || state == CaseState::kNotVerified ||
         state == CaseState::kUnverifiable;
}

Result<Done> check_verify(CaseFile const& file, CaseStep const& step) {
  if (!step.verdict || !is_verdict(*step.verdict)) {
    return bad("no verdict", "verified, not-verified or unverifiable");
  }
  if ((*step.verdict == CaseState::kUnverifiable) != step.obstacle.has_value()) {
    return bad(step.obstacle ? "an obstacle, though it could be told" : "unverifiable, but not why",
               "an obstacle goes with unverifiable: access-denied, not-watched or other");
  }
  if (file.state == CaseState::kObserved) {
    return refused(file, "there is nothing to verify", "no clause is said to be breached");
  }
  if (file.state == CaseState::kClosed) {
    return refused(file, "no verdict is given on it any more", "a dispute reopens it");
  }
  return Done{};
}

Result<Done> check_dispute(CaseFile const& file) {
  if (!is_verdict(file.state) && file.state != CaseState::kClosed) {
    return refused(file, "there is no verdict to dispute", "it has to be verified first");
  }
  return Done{};
}

Result<Done> check_close(CaseFile const& file) {
  if (!is_verdict(file.state) && file.state != CaseState::kDisputed) {
    return refused(file, "it cannot be closed", "it has to be verified first");
  }
  return Done{};
}

Result<Done> check_find(CaseFile const& file, CaseStep const& step) {
  if (file.state != CaseState::kVerified) {
    return refused(file, "there is nothing to attribute", "it has to be verified first");
  }
  if (step.parties.empty() || !step.reply_by || !step.certainty) {
    return bad("a finding asks parties, by when they may reply, and says how sure it is",
               "--party, --reply-by and --confidence");
  }
  if (*step.reply_by <= step.at) {
    return bad("the time to reply is over before it begins", "a moment after now");
  }
  return Done{};
}

bool has_replied(CaseFile const& file, model::PartyId const& party) {
  return std::ranges::any_of(file.replies, [&](CaseStep const& reply) {
    return std::ranges::find(reply.parties, party) != reply.parties.end();
  });
}

Result<Done> check_reply(CaseFile const& file, CaseStep const& step) {
  if (!file.finding) {
    return refused(file, "there is no finding to reply to", "");
  }
  if (file.decision) {
    return refused(file, "it has been decided", "a dispute asks for a new verdict");
  }
  if (step.parties.size() != 1) {
    return bad("a reply is of one party", "--party");
  }
  auto const& asked = file.finding->parties;
  if (std::ranges::find(asked, step.parties.front()) == asked.end()) {
    return refused(file, fmt::format("{} was not asked", step.parties.front().text()),
                   "the finding names those who are");
  }
  return Done{};
}

Result<Done> check_decide(CaseFile const& file, CaseStep const& step) {
  if (!file.finding) {
    return refused(file, "there is no finding to decide on", "a finding and replies come first");
  }
  if (file.decision) {
    return refused(file, "it has been decided", "a dispute asks for a new verdict");
  }
  if (file.state != CaseState::kVerified) {
    return refused(file, "nothing is decided on it", "a new verdict and a new finding come first");
  }
  if (!step.certainty) {
    return bad("a decision without how sure it is", "--confidence low, moderate or high");
  }
  for (model::PartyId const& party : step.parties) {
    if (std::ranges::find(file.finding->parties, party) == file.finding->parties.end()) {
      return refused(file, fmt::format("{} was never asked", party.text()),
                     "a finding that names it, and time to reply, come first");
    }
  }
  for (model::PartyId const& party : file.finding->parties) {
    if (!has_replied(file, party) && step.at < *file.finding->reply_by) {
      return refused(
          file,
          fmt::format("{} may reply until {}", party.text(), model::print(*file.finding->reply_by)),
          "nothing is decided before");
    }
  }
  return Done{};
}

Result<Done> check(CaseFile const& file, CaseStep const& step) {
  if (step.incident != file.incident) {
    return bad(fmt::format("a step of incident {}", step.incident.text()),
               "it is of " + file.incident.text());
  }
  if (step.by.empty() || step.why.empty()) {
    return bad(step.by.empty() ? "nobody did it" : "no reason is given",
               "every step says who and why");
  }
  switch (step.action) {
    case CaseAction::kVerify:
      return check_verify(file, step);
    case CaseAction::kDispute:
      return check_dispute(file);
    case CaseAction::kClose:
      return check_close(file);
    case CaseAction::kFind:
      return check_find(file, step);
    case CaseAction::kReply:
      return check_reply(file, step);
    case CaseAction::kDecide:
      return check_decide(file, step);
  }
  return Error{ErrorKind::kDefect, "a step of no kind", ""};
}

}  // namespace

CaseFile open_case(model::Incident const& incident) {
  bool const alleged = std::ranges::any_of(
      incident.allegations, [](model::Allegation const& said) { return !said.exempt; });
  CaseFile file;
  file.incident = incident.id;
  file.state = alleged ? CaseState::kAlleged : CaseState::kObserved;
  return file;
}

Result<CaseFile> after(CaseFile file, CaseStep const& step) {
  if (auto const allowed = check(file, step); !allowed.ok()) {
    return allowed.error();
  }
  switch (step.action) {
    case CaseAction::kVerify:
      // Attribution rests on a verdict: with a new one it begins anew.
      file.state = *step.verdict;
      file.finding.reset();
      file.replies.clear();
      file.decision.reset();
      break;
    case CaseAction::kDispute:
      file.state = CaseState::kDisputed;
      break;
    case CaseAction::kClose:
      file.state = CaseState::kClosed;
      break;
    case CaseAction::kFind:
      file.finding = step;
      file.replies.clear();
      file.decision.reset();
      break;
    case CaseAction::kReply:
      file.replies.push_back(step);
      break;
    case CaseAction::kDecide:
      file.decision = step;
      break;
  }
  file.steps.push_back(step);
  return file;
}

bool is_late(CaseFile const& file, CaseStep const& reply) {
  return reply.at > *file.finding->reply_by;
}

}  // namespace guarantor::watch
