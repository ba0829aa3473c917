#include "guarantor/monitor/store_archive.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "guarantor/intake/observation_json.h"

namespace guarantor::monitor {

using model::ErrorKind;
using model::Incident;
using model::Observation;
using model::ObservationId;
using model::Result;
using store::RecordKind;

bool has_ended(Incident const& incident) {
  return incident.cause == model::RevisionCause::kAbsorbed ||
         incident.cause == model::RevisionCause::kEmptied;
}

Result<Observation> kept_observation(store::Record const& record) {
  auto observation = intake::parse_observation(record.body);
  if (!observation.ok()) {
    return model::Error{ErrorKind::kCheckFailed,
                        fmt::format("record {} ({}) is no observation: {}", record.position,
                                    record.key, observation.error().message),
                        "it was kept by another program, or by `store intake`"};
  }
  return observation;
}

Result<Incident> whole_incident(store::Store const& store, store::Record const& record) {
  auto last = parse_incident(record.body);
  if (!last.ok()) {
    return last.error();
  }
  if (last.value().all_listed()) {
    return std::move(last).value().incident;
  }
  auto const history = store.history(RecordKind::kIncident, record.key);
  if (!history.ok()) {
    return history.error();
  }
  std::set<ObservationId> reports;
  for (store::Record const& revision : history.value()) {
    if (revision.position > record.position) {
      break;
    }
    auto const kept = parse_incident(revision.body);
    if (!kept.ok()) {
      return kept.error();
    }
    Incident const& incident = kept.value().incident;
    if (kept.value().all_listed()) {
      reports = {incident.observations.begin(), incident.observations.end()};
      continue;
    }
    reports.insert(incident.added.begin(), incident.added.end());
    for (ObservationId const& id : incident.removed) {
      reports.erase(id);
    }
  }
  last.value().incident.observations.assign(reports.begin(), reports.end());
  return std::move(last).value().incident;
}

Result<std::optional<Incident>> kept_incident(store::Store const& store,
                                              model::IncidentId const& id) {
  auto const record = store.latest(RecordKind::kIncident, id.text());
  if (!record.ok()) {
    return record.error();
  }
  if (!record.value()) {
    return std::optional<Incident>{};
  }
  auto incident = whole_incident(store, *record.value());
  if (!incident.ok()) {
    return incident.error();
  }
  return std::optional{std::move(incident).value()};
}

Result<std::optional<Observation>> StoreArchive::observation(ObservationId const& id) {
  auto const record = store_.latest(RecordKind::kObservation, id.text());
  if (!record.ok()) {
    return record.error();
  }
  if (!record.value() || record.value()->erased) {
    return std::optional<Observation>{};
  }
  auto observation = kept_observation(*record.value());
  if (!observation.ok()) {
    return observation.error();
  }
  return std::optional{std::move(observation).value()};
}

Result<std::optional<watch::ArchivedIncident>> StoreArchive::incident(model::IncidentId const& id) {
  auto const kept = kept_incident(store_, id);
  if (!kept.ok()) {
    return kept.error();
  }
  if (!kept.value()) {
    return std::optional<watch::ArchivedIncident>{};
  }
  watch::ArchivedIncident answer{.id = id, .revision = kept.value()->revision, .reports = {}};
  if (has_ended(*kept.value())) {
    return std::optional{std::move(answer)};
  }
  for (ObservationId const& report : kept.value()->observations) {
    auto found = observation(report);
    if (!found.ok()) {
      return found.error();
    }
    if (found.value()) {
      answer.reports.push_back(std::move(*found.value()));
    }
  }
  return std::optional{std::move(answer)};
}

Result<std::vector<model::IncidentId>> StoreArchive::marked(std::uint64_t mark) {
  auto const keys = store_.marked(RecordKind::kIncident, mark);
  if (!keys.ok()) {
    return keys.error();
  }
  std::vector<model::IncidentId> ids;
  for (std::string const& key : keys.value()) {
    ids.emplace_back(key);
  }
  return ids;
}

}  // namespace guarantor::monitor
