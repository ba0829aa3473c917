#include "guarantor/serve/incident_part.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "guarantor/watch/incident_gate.h"
#include "guarantor/watch/incident_summary.h"

namespace guarantor::serve {

using model::Incident;
using model::Observation;

std::optional<Incident> part_of(Incident const& incident, std::vector<Observation> const& reports) {
  watch::FusionRules const rules;
  std::vector<Observation const*> all;
  std::vector<Observation const*> core;
  for (Observation const& report : reports) {
    if (!report.withdrawn && model::incident_class(report.kind)) {
      all.push_back(&report);
      if (watch::gated(report, rules).precise) {
        core.push_back(&report);
      }
    }
  }
  if (all.empty()) {
    return std::nullopt;
  }
  std::ranges::sort(all, {}, [](auto const* report) -> auto const& { return report->id; });
  std::ranges::sort(core, {}, [](auto const* report) -> auto const& { return report->id; });
  Incident part = watch::summary(core.empty() ? all : core, all);
  part.id = incident.id;
  part.revision = incident.revision;
  part.cause = incident.cause;
  part.sector = incident.sector;
  std::set<model::ObservationId> known;
  for (Observation const* report : all) {
    known.insert(report->id);
  }
  for (model::Allegation said : incident.allegations) {
    std::erase_if(said.evidence, [&](auto const& id) { return !known.contains(id); });
    if (said.evidence.empty()) {
      continue;
    }
    said.counted = 0;
    part.allegations.push_back(std::move(said));
  }
  return part;
}

monitor::WatchRecords only(monitor::WatchRecords records, Counts const& counts) {
  std::set<model::ObservationId> hidden;
  for (Observation const& report : records.observations) {
    if (!counts(report)) {
      hidden.insert(report.id);
    }
  }
  if (hidden.empty()) {
    return records;
  }
  std::erase_if(records.observations,
                [&](Observation const& report) { return hidden.contains(report.id); });
  std::map<model::ObservationId, Observation const*> known;
  for (Observation const& report : records.observations) {
    known.emplace(report.id, &report);
  }
  std::vector<Incident> incidents;
  for (Incident& incident : records.incidents) {
    bool const whole = std::ranges::none_of(incident.observations,
                                            [&](auto const& id) { return hidden.contains(id); });
    if (whole) {
      incidents.push_back(std::move(incident));
      continue;
    }
    std::vector<Observation> left;
    for (model::ObservationId const& id : incident.observations) {
      if (auto const found = known.find(id); found != known.end()) {
        left.push_back(*found->second);
      }
    }
    if (auto part = part_of(incident, left)) {
      incidents.push_back(*std::move(part));
    } else {
      records.files.erase(incident.id);
    }
  }
  records.incidents = std::move(incidents);
  return records;
}

}  // namespace guarantor::serve
