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

using Fires = std::map<model::ObservationId, watch::ThermalFire>;
using Probable = std::map<std::pair<model::Date, watch::ThermalCell>, double>;

/// The greatest probability among the fires of the incident's reports. A fire in an exclusion has
/// none, whatever else burns in its cell.
double greatest_probability(Incident const& incident, Fires const& fires, Probable const& probable,
                            std::span<watch::ThermalExclusion const> exclusions) {
  double greatest = 0;
  for (model::ObservationId const& id : incident.observations) {
    auto const fire = fires.find(id);
    if (fire == fires.end() || watch::is_excluded(exclusions, fire->second)) {
      continue;
    }
    auto const cell = probable.find({fire->second.day, watch::thermal_cell(fire->second.place)});
    greatest = std::max(greatest, cell == probable.end() ? 0 : cell->second);
  }
  return greatest;
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
  Fires fires;
  std::vector<watch::ThermalFire> all;
  for (Observation const& seen : records.value().observations) {
    if (is_heat(seen) && fires.emplace(seen.id, fire_of(seen)).second) {
      all.push_back(fire_of(seen));
    }
  }
  auto const judged = watch::assess(background.value(), all, question.exclusions);
  Probable probable;
  for (watch::JudgedCellDay const& cell : judged.cell_days) {
    probable[{cell.seen.day, cell.seen.cell}] = cell.probability.count();
  }
  std::vector<Incident> changed;
  std::vector<store::Draft> drafts;
  for (Incident const& incident : records.value().incidents) {
    if (incident.what != model::IncidentClass::kHeat) {
      continue;
    }
    double const greatest = greatest_probability(incident, fires, probable, question.exclusions);
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
