#include "guarantor/serve/incident_sight.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "guarantor/policy/operation.h"
#include "guarantor/policy/row_share.h"

namespace guarantor::serve {
namespace {

using policy::Allowance;
using policy::Operation;
using policy::Record;

Allowance reading(policy::Viewer const& viewer, Record kind) {
  return policy::allowance(viewer.role, Operation::kRead, kind);
}

}  // namespace

bool sees_all_reports(policy::Viewer const& viewer) {
  return reading(viewer, Record::kObservation) == Allowance::kYes;
}

bool sees_report(policy::Viewer const& viewer, model::NationId const& owner,
                 std::vector<std::string> const& releasable_to) {
  auto const allowed = reading(viewer, Record::kObservation);
  return allowed == Allowance::kYes ||
         (allowed == Allowance::kReleased &&
          policy::owned_share(owner.text(), releasable_to, viewer).row);
}

bool counts_for(policy::Viewer const& viewer, OwnedReport const& report) {
  return report.owner.empty() || sees_report(viewer, report.owner, report.releasable_to);
}

bool reads_incident(policy::Viewer const& viewer, IncidentCard const& card) {
  auto const allowed = reading(viewer, Record::kIncident);
  return allowed == Allowance::kYes ||
         (allowed == Allowance::kReleased &&
          policy::owned_share(card.owner.text(), card.releasable_to, viewer).row);
}

bool sees_incident(policy::Viewer const& viewer, IncidentCard const& card) {
  return reads_incident(viewer, card) &&
         std::ranges::all_of(card.owned,
                             [&](OwnedReport const& report) { return counts_for(viewer, report); });
}

bool sees_attribution(policy::Viewer const& viewer) {
  constexpr std::array kTrack{Record::kFinding, Record::kReply, Record::kDecision};
  return std::ranges::all_of(kTrack,
                             [&](Record kind) { return reading(viewer, kind) == Allowance::kYes; });
}

bool is_nation(model::PartyId const& party, model::NationId const& nation) {
  if (nation.empty()) {
    return false;
  }
  std::string code = nation.text();
  std::ranges::transform(code, code.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return party.text() == code || party.text() == "party-" + code;
}

bool sees_step(policy::Viewer const& viewer, model::CaseStep const& step) {
  if (!is_attribution(step.action) || sees_attribution(viewer)) {
    return true;
  }
  return reading(viewer, Record::kFinding) == Allowance::kReleased &&
         std::ranges::any_of(step.parties, [&](model::PartyId const& party) {
           return is_nation(party, viewer.nation);
         });
}

model::CaseFile seen_file(policy::Viewer const& viewer, model::CaseFile file) {
  auto const hidden = [&](model::CaseStep const& step) { return !sees_step(viewer, step); };
  std::erase_if(file.steps, hidden);
  std::erase_if(file.replies, hidden);
  if (file.finding && hidden(*file.finding)) {
    file.finding.reset();
  }
  if (file.decision && hidden(*file.decision)) {
    file.decision.reset();
  }
  return file;
}

std::string tag_of(policy::Viewer const& viewer, IncidentCard const& card) {
  return sees_attribution(viewer)
             ? fmt::format("{}-{}-{}-{}", card.revision, model::text(card.state), card.steps,
                           card.attribution)
             : fmt::format("{}-{}-{}", card.revision, model::text(card.state), card.steps);
}

}  // namespace guarantor::serve
