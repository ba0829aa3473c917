#include "guarantor/watch/known_incidents.h"

#include <algorithm>
#include <tuple>

namespace guarantor::watch {

using model::Incident;
using model::Observation;
using model::RevisionCause;

model::Date day_of(model::Instant moment) {
  return std::chrono::floor<std::chrono::days>(moment);
}

bool is_alleged(Incident const& incident) {
  return std::any_of(incident.allegations.begin(), incident.allegations.end(),
                     [](auto const& allegation) { return !allegation.exempt; });
}

KnownIncidents::KnownIncidents(std::span<Incident const> incidents,
                               std::span<Observation const> observations) {
  for (Incident const& incident : incidents) {
    auto const [at, first] = last_.emplace(incident.id, &incident);
    if (!first && at->second->revision <= incident.revision) {
      at->second = &incident;
    }
  }
  for (auto const& [id, incident] : last_) {
    if (incident->cause != RevisionCause::kAbsorbed && incident->cause != RevisionCause::kEmptied) {
      standing_.push_back(incident);
    }
  }
  std::sort(standing_.begin(), standing_.end(), [](Incident const* a, Incident const* b) {
    return std::tie(a->from, a->id) < std::tie(b->from, b->id);
  });
  for (Observation const& report : observations) {
    auto const [at, first] = reports_.emplace(report.id, &report);
    if (!first && at->second->reported <= report.reported) {
      at->second = &report;
    }
  }
}

Incident const* KnownIncidents::find(model::IncidentId const& id) const {
  auto const at = last_.find(id);
  return at == last_.end() ? nullptr : at->second;
}

std::vector<Observation const*> KnownIncidents::reports(
    std::span<model::ObservationId const> ids) const {
  std::vector<Observation const*> found;
  for (auto const& id : ids) {
    if (auto const at = reports_.find(id); at != reports_.end()) {
      found.push_back(at->second);
    }
  }
  return found;
}

std::map<model::Date, EventCount> KnownIncidents::count(Incident const& incident) const {
  return count(incident, incident.observations);
}

std::map<model::Date, EventCount> KnownIncidents::count(
    Incident const& incident, std::span<model::ObservationId const> ids) const {
  auto const found = reports(ids);
  if (found.size() == ids.size()) {
    return count_events_by_day(found);
  }
  return {{day_of(incident.from), {incident.munitions, incident.live_fire, 1}}};
}

model::MunitionCount KnownIncidents::munitions(Incident const& incident,
                                               model::Interval<model::Date> days) const {
  model::MunitionCount sum;
  for (auto const& [day, number] : count(incident)) {
    if (days.contains(day)) {
      sum.explosions += number.munitions.explosions;
      sum.bursts += number.munitions.bursts;
      sum.shots += number.munitions.shots;
    }
  }
  return sum;
}

}  // namespace guarantor::watch
