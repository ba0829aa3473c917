#include "guarantor/monitor/heat_judgement.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <utility>

#include "guarantor/monitor/incident_json.h"
#include "guarantor/monitor/watch_records.h"

namespace guarantor::monitor {
namespace {

using model::Incident;
using model::Observation;
using model::Result;

/// Probabilities this near to each other are the same one: no revision for the last digits.
constexpr double kSame = 1e-6;

watch::ThermalFire fire_of(Observation const& seen) {
  return {*seen.place, std::chrono::floor<std::chrono::days>(seen.from)};
}

bool is_heat(Observation const& seen) {
  return seen.kind == model::EventKind::kAnomaly && seen.place && !seen.withdrawn;
}

}  // namespace

Result<std::vector<Incident>> judge_heat(store::Store& store, HeatQuestion const& question,
                                         store::Author const& author) {
  auto const background = watch::ThermalBackground::fit({.fires = question.earlier,
                                                         .observed_years = question.years,
                                                         .covariates = 0,
                                                         .covariate = {}});
  auto const records = background.ok() ? read_watch(store, question.days) : background.error();
  if (!records.ok()) {
    return records.error();
  }
  std::map<model::ObservationId, watch::ThermalFire> fires;
  std::vector<watch::ThermalFire> all;
  for (Observation const& seen : records.value().observations) {
    if (is_heat(seen) && fires.emplace(seen.id, fire_of(seen)).second) {
      all.push_back(fire_of(seen));
    }
  }
  auto const judged = watch::assess(background.value(), all, question.exclusions);
  std::map<std::pair<model::Date, watch::ThermalCell>, double> probable;
  for (watch::JudgedCellDay const& cell : judged.cell_days) {
    probable[{cell.seen.day, cell.seen.cell}] = cell.probability.count();
  }
  std::vector<Incident> changed;
  std::vector<store::Draft> drafts;
  for (Incident const& incident : records.value().incidents) {
    if (incident.what != model::IncidentClass::kHeat) {
      continue;
    }
    double greatest = 0;
    for (model::ObservationId const& id : incident.observations) {
      if (auto const fire = fires.find(id); fire != fires.end()) {
        greatest = std::max(greatest,
                            probable[{fire->second.day, watch::thermal_cell(fire->second.place)}]);
      }
    }
    if (incident.probability && std::abs(*incident.probability - greatest) < kSame) {
      continue;
    }
    Incident next = incident;
    ++next.revision;
    next.cause = model::RevisionCause::kAssessed;
    next.added.clear();
    next.removed.clear();
    next.others.clear();
    next.probability = greatest;
    drafts.push_back({.kind = store::RecordKind::kIncident,
                      .key = next.id.text(),
                      .body = to_json(next),
                      .owner = {},
                      .releasable_to = {}});
    changed.push_back(std::move(next));
  }
  if (!drafts.empty()) {
    if (auto const kept = store.append(drafts, author); !kept.ok()) {
      return kept.error();
    }
  }
  return changed;
}

}  // namespace guarantor::monitor
