#include "guarantor/monitor/reassessment.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "guarantor/monitor/day_marks.h"
#include "guarantor/monitor/store_archive.h"

namespace guarantor::monitor {
namespace {

using model::Done;
using model::Incident;
using model::Observation;
using model::Result;
using std::chrono::days;

/// Days judged together, where no window is longer.
constexpr days kAtOnce{7};

/// In whole days.
days longest_window(std::vector<model::Clause> const& clauses) {
  days longest{1};
  for (model::Clause const& clause : clauses) {
    if (clause.threshold && clause.window) {
      using Hours = std::chrono::duration<double, std::ratio<3600>>;
      longest = std::max(longest, std::chrono::ceil<days>(Hours{clause.window->count()}));
    }
  }
  return longest;
}

}  // namespace

std::set<model::IncidentClass> tested_classes(std::vector<model::Clause> const& clauses) {
  std::set<model::IncidentClass> classes;
  for (model::Clause const& clause : clauses) {
    for (model::EventKind const act : clause.acts) {
      if (auto const what = model::incident_class(act)) {
        classes.insert(*what);
      }
    }
  }
  return classes;
}

Reassessment::Reassessment(store::Store const& store, watch::Assessment const& assessment,
                           std::span<Observation const> notices,
                           model::Interval<model::Instant> changed)
    : store_{store},
      assessment_{assessment},
      notices_{notices},
      window_{longest_window(assessment.clauses())},
      classes_{tested_classes(assessment.clauses())},
      first_{std::chrono::floor<days>(changed.from) - window_},
      next_{first_},
      last_{std::chrono::floor<days>(std::max(changed.from, changed.to)) + window_} {}

/// With the day on which it begins, or with the first that is looked at.
bool Reassessment::is_judged(Incident const& incident, model::Date first, model::Date last) const {
  model::Date const day = std::max(first_, std::chrono::floor<days>(incident.from));
  return std::chrono::floor<days>(incident.to) >= first_ && first <= day && day <= last;
}

Result<Done> Reassessment::add_touching(model::Date first, model::Date last,
                                        Incidents& incidents) const {
  for (model::Date day = first; day <= last; day += days{1}) {
    auto const marked = store_.marked(store::RecordKind::kIncident, incident_mark(day));
    if (!marked.ok()) {
      return marked.error();
    }
    for (std::string const& key : marked.value()) {
      model::IncidentId const id{key};
      if (incidents.contains(id)) {
        continue;
      }
      auto incident = kept_incident(store_, id);
      if (!incident.ok()) {
        return incident.error();
      }
      if (incident.value() && !has_ended(*incident.value()) &&
          classes_.contains(incident.value()->what)) {
        incidents.emplace(id, std::move(*incident.value()));
      }
    }
  }
  return Done{};
}

Result<Done> Reassessment::add_margins(model::Date first, model::Date last,
                                       Incidents& incidents) const {
  model::Date from = first;
  model::Date to = last;
  for (auto const& [id, incident] : incidents) {
    if (is_judged(incident, first, last)) {
      from = std::min(from, std::chrono::floor<days>(incident.from));
      to = std::max(to, std::chrono::floor<days>(incident.to));
    }
  }
  auto const before = add_touching(from - window_, first - days{1}, incidents);
  return before.ok() ? add_touching(last + days{1}, to + window_, incidents) : before;
}

Result<std::vector<std::vector<model::Allegation>>> Reassessment::test(
    Incidents const& incidents) const {
  StoreArchive archive{store_};
  std::map<model::ObservationId, Observation> reports;
  std::vector<watch::ReportedIncident> reported;
  for (auto const& [id, incident] : incidents) {
    watch::ReportedIncident next{.incident = &incident, .reports = {}};
    for (model::ObservationId const& report : incident.observations) {
      auto observation = archive.observation(report);
      if (!observation.ok()) {
        return observation.error();
      }
      if (observation.value()) {
        next.reports.push_back(
            &reports.insert_or_assign(report, std::move(*observation.value())).first->second);
      }
    }
    reported.push_back(std::move(next));
  }
  return assessment_.test_all(reported, notices_);
}

Result<std::vector<JudgedIncident>> Reassessment::next() {
  model::Date const first = next_;
  model::Date const last = std::min(last_, first + std::max(kAtOnce, 2 * window_) - days{1});
  next_ = last + days{1};
  std::vector<JudgedIncident> judged;
  Incidents incidents;
  if (auto const own = add_touching(first, last, incidents); !own.ok()) {
    return own.error();
  }
  if (incidents.empty()) {
    return judged;
  }
  // One may last longer than these days: what counts with its beginning and its end counts.
  auto const margins = add_margins(first, last, incidents);
  auto said = margins.ok() ? test(incidents) : margins.error();
  if (!said.ok()) {
    return said.error();
  }
  auto next = said.value().begin();
  for (auto& [id, incident] : incidents) {
    if (is_judged(incident, first, last)) {
      judged.push_back({std::move(incident), std::move(*next)});
    }
    ++next;
  }
  return judged;
}

}  // namespace guarantor::monitor
