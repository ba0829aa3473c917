#include "guarantor/watch/report_corrections.h"

#include <algorithm>
#include <set>
#include <utility>

namespace guarantor::watch {
namespace {

using model::Correction;
using model::Incident;
using model::RevisionCause;

bool stands(Incident const& incident) {
  return incident.cause != RevisionCause::kAbsorbed && incident.cause != RevisionCause::kEmptied;
}

void set_now(Correction& correction, Incident const& incident,
             std::optional<model::CaseState> state) {
  correction.revision_now = incident.revision;
  correction.cause = incident.cause;
  correction.others = incident.others;
  correction.state_now = state;
}

}  // namespace

void correct(model::WatchReport& report, model::WatchReport const& published,
             KnownIncidents const& known,
             std::function<model::CaseState(Incident const&)> const& state_of) {
  std::set<model::IncidentId> listed;
  auto& corrections = report.corrections;
  for (auto const& before : published.incidents) {
    listed.insert(before.incident.id);
    Correction correction{.incident = before.incident.id,
                          .revision_before = before.incident.revision,
                          .munitions_before = before.munitions,
                          .state_before = before.state};
    if (auto const* const incident = known.find(before.incident.id); incident != nullptr) {
      if (stands(*incident)) {
        set_now(correction, *incident, state_of(*incident));
        correction.munitions_now = known.munitions(*incident, published.days);
      } else {
        set_now(correction, *incident, std::nullopt);
      }
    }
    if (correction.revision_now != correction.revision_before ||
        correction.state_now != correction.state_before ||
        correction.munitions_now != correction.munitions_before) {
      corrections.push_back(std::move(correction));
    }
  }
  for (auto const* const incident : known.standing()) {
    if (published.days.contains(day_of(incident->from)) && !listed.contains(incident->id)) {
      Correction correction{.incident = incident->id};
      set_now(correction, *incident, state_of(*incident));
      correction.munitions_now = known.munitions(*incident, published.days);
      corrections.push_back(std::move(correction));
    }
  }
  std::sort(corrections.begin(), corrections.end(),
            [](Correction const& a, Correction const& b) { return a.incident < b.incident; });
  report.corrects = published.id;
  report.corrects_revision = published.revision;
  if (published.days == report.days) {
    auto same = published;
    same.made = report.made;
    same.scenario_hash = report.scenario_hash;
    same.program_version = report.program_version;
    same.corrects = report.corrects;
    same.corrects_revision = report.corrects_revision;
    same.corrections = report.corrections;
    report.revision = same.revision;
    if (same != report) {
      ++report.revision;
    }
  }
}

}  // namespace guarantor::watch
