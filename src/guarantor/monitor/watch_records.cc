#include "guarantor/monitor/watch_records.h"

#include <set>
#include <string>
#include <utility>

#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/day_marks.h"
#include "guarantor/monitor/store_archive.h"

namespace guarantor::monitor {
namespace {

using model::Done;
using model::Incident;
using model::Observation;
using model::Result;
using store::RecordKind;

using Days = std::optional<model::Interval<model::Date>>;

/// The keys that are marked with any of these days; all keys of the kind without days.
Result<std::set<std::string>> keys_of(store::Store const& store, RecordKind kind, Days const& days,
                                      std::uint64_t (*mark)(model::Date)) {
  std::set<std::string> keys;
  if (!days) {
    auto const all = store.each_key(kind, [&](std::string_view key) { keys.emplace(key); });
    return all.ok() ? Result<std::set<std::string>>{std::move(keys)} : all.error();
  }
  for (model::Date day = days->from; day < days->to; day += std::chrono::days{1}) {
    auto const marked = store.marked(kind, mark(day));
    if (!marked.ok()) {
      return marked.error();
    }
    keys.insert(marked.value().begin(), marked.value().end());
  }
  return keys;
}

bool overlaps(Days const& days, model::Instant from, model::Instant to) {
  return !days || (from < model::Instant{days->to} && to >= model::Instant{days->from});
}

Result<Done> add_observation(store::Store const& store, std::string const& key, Days const& days,
                             std::vector<Observation>& into) {
  auto const record = store.latest(RecordKind::kObservation, key);
  if (!record.ok()) {
    return record.error();
  }
  if (!record.value() || record.value()->erased) {
    return Done{};
  }
  auto observation = kept_observation(*record.value());
  if (!observation.ok()) {
    return observation.error();
  }
  // A correction may have moved it to another day.
  if (overlaps(days, observation.value().from, observation.value().to)) {
    into.push_back(std::move(observation).value());
  }
  return Done{};
}

}  // namespace

Result<WatchRecords> read_incidents(store::Store const& store, Days days) {
  WatchRecords records;
  auto const keys = keys_of(store, RecordKind::kIncident, days, incident_mark);
  if (!keys.ok()) {
    return keys.error();
  }
  for (std::string const& key : keys.value()) {
    auto incident = kept_incident(store, model::IncidentId{key});
    if (!incident.ok()) {
      return incident.error();
    }
    bool const wanted = incident.value() && !has_ended(*incident.value()) &&
                        overlaps(days, incident.value()->from, incident.value()->to);
    if (!wanted) {
      continue;
    }
    auto file = case_of(store, incident.value()->id);
    if (!file.ok()) {
      return file.error();
    }
    records.files.emplace(incident.value()->id, std::move(file).value());
    records.incidents.push_back(std::move(*incident.value()));
  }
  return records;
}

Result<std::vector<Observation>> read_work(store::Store const& store, Days days) {
  auto keys = keys_of(store, RecordKind::kObservation, days, work_mark);
  auto const longer = store.marked(RecordKind::kObservation, kLongWorkMark);
  if (!keys.ok() || !longer.ok()) {
    return keys.ok() ? longer.error() : keys.error();
  }
  keys.value().insert(longer.value().begin(), longer.value().end());
  std::vector<Observation> work;
  for (std::string const& key : keys.value()) {
    if (auto const added = add_observation(store, key, days, work); !added.ok()) {
      return added.error();
    }
  }
  return work;
}

Result<WatchRecords> read_watch(store::Store const& store, Days days) {
  auto records = read_incidents(store, days);
  auto work = records.ok() ? read_work(store, days) : records.error();
  if (!work.ok()) {
    return work.error();
  }
  auto& observations = records.value().observations;
  observations = std::move(work).value();
  std::set<model::ObservationId> known;
  for (Observation const& observation : observations) {
    known.insert(observation.id);
  }
  for (Incident const& incident : records.value().incidents) {
    for (model::ObservationId const& id : incident.observations) {
      if (known.contains(id)) {
        continue;
      }
      if (auto const added = add_observation(store, id.text(), {}, observations); !added.ok()) {
        return added.error();
      }
    }
  }
  return records;
}

}  // namespace guarantor::monitor
