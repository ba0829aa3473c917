#include "guarantor/monitor/watch_desk.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "guarantor/intake/observation_json.h"
#include "guarantor/monitor/incident_json.h"
#include "guarantor/monitor/store_archive.h"

namespace guarantor::monitor {
namespace {

using model::Done;
using model::EventKind;
using model::Incident;
using model::Observation;
using model::Result;
using store::RecordKind;

// Marks of places are spread over all numbers; these lie together, far apart from each other.
constexpr std::uint64_t kIncidentDays = 1'000'000'000;
constexpr std::uint64_t kWorkDays = 3'000'000'000;

store::Draft draft_of(Observation const& observation) {
  store::Draft draft{.kind = RecordKind::kObservation,
                     .key = observation.id.text(),
                     .body = intake::to_json(observation),
                     .owner = observation.owner,
                     .releasable_to = observation.releasable_to};
  if (observation.kind == EventKind::kNotice) {
    draft.marks.push_back(kNoticeMark);
  }
  bool const limits_what_is_seen = model::is_monitors_work(observation.kind) ||
                                   observation.kind == EventKind::kRestriction ||
                                   observation.kind == EventKind::kJamming;
  if (limits_what_is_seen) {
    each_day(observation.from, observation.to,
             [&](model::Date day) { draft.marks.push_back(work_mark(day)); });
    if (observation.to - observation.from > std::chrono::days{kMostDays - 1}) {
      draft.marks.push_back(kLongWorkMark);
    }
  }
  return draft;
}

store::Draft draft_of(Incident const& incident, std::vector<std::uint64_t> marks) {
  if (!has_ended(incident)) {
    each_day(incident.from, incident.to,
             [&](model::Date day) { marks.push_back(incident_mark(day)); });
  }
  return {.kind = RecordKind::kIncident,
          .key = incident.id.text(),
          .body = to_json(incident),
          .owner = {},
          .releasable_to = {},
          .marks = std::move(marks)};
}

/// The classes of incident that some clause is about.
std::set<model::IncidentClass> tested_classes(std::vector<model::Clause> const& clauses) {
  std::set<model::IncidentClass> classes;
  for (model::Clause const& clause : clauses) {
    for (EventKind const act : clause.acts) {
      if (auto const what = model::incident_class(act)) {
        classes.insert(*what);
      }
    }
  }
  return classes;
}

}  // namespace

std::uint64_t incident_mark(model::Date day) {
  return kIncidentDays + static_cast<std::uint64_t>(day.time_since_epoch().count());
}

std::uint64_t work_mark(model::Date day) {
  return kWorkDays + static_cast<std::uint64_t>(day.time_since_epoch().count());
}

void each_day(model::Instant from, model::Instant to,
              std::function<void(model::Date)> const& visit) {
  auto day = std::chrono::floor<std::chrono::days>(from);
  auto const last = std::chrono::floor<std::chrono::days>(std::max(from, to));
  for (int count = 0; day <= last && count < kMostDays; ++count, day += std::chrono::days{1}) {
    visit(day);
  }
}

WatchDesk::WatchDesk(store::Store& store, watch::Assessment assessment,
                     watch::FusionRules const& rules)
    : store_{store},
      assessment_{std::move(assessment)},
      archive_{std::make_unique<StoreArchive>(store)},
      fusion_{rules, archive_.get()} {
  for (model::Clause const& clause : assessment_.clauses()) {
    if (clause.threshold) {
      thresholds_.insert(clause.id);
    }
  }
}

Result<std::unique_ptr<WatchDesk>> WatchDesk::open(store::Store& store,
                                                   model::Scenario const& scenario,
                                                   watch::FusionRules const& rules) {
  auto assessment = watch::Assessment::from(scenario);
  if (!assessment.ok()) {
    return assessment.error();
  }
  std::unique_ptr<WatchDesk> desk{new WatchDesk{store, std::move(assessment).value(), rules}};
  if (auto const known = desk->remember(); !known.ok()) {
    return known.error();
  }
  return desk;
}

Result<Done> WatchDesk::remember() {
  Result<Done> done = store_.each_mark(RecordKind::kIncident,
                                       [&](std::uint64_t mark) { fusion_.remember_mark(mark); });
  if (done.ok()) {
    done = store_.each_key(RecordKind::kObservation, [&](std::string_view key) {
      fusion_.remember_observation(model::ObservationId{std::string{key}});
    });
  }
  if (done.ok()) {
    done = store_.each_key(RecordKind::kIncident, [&](std::string_view key) {
      fusion_.remember_incident(model::IncidentId{std::string{key}});
    });
  }
  auto const keys = store_.marked(RecordKind::kObservation, kNoticeMark);
  if (!done.ok() || !keys.ok()) {
    return done.ok() ? keys.error() : done;
  }
  for (std::string const& key : keys.value()) {
    auto const notice = archive_->observation(model::ObservationId{key});
    if (!notice.ok()) {
      return notice.error();
    }
    if (notice.value() && notice.value()->kind == EventKind::kNotice) {
      notice_ids_.insert(notice.value()->id);
      notices_.push_back(*notice.value());
    }
  }
  return Done{};
}

void WatchDesk::complete(watch::IncidentRevision& revision) const {
  Incident& incident = revision.incident;
  if (has_ended(incident)) {
    return;
  }
  if (incident.place) {
    incident.sector = assessment_.places().sector(*incident.place);
  } else if (!revision.reports.empty()) {
    incident.sector = revision.reports.front()->sector;
  }
  incident.allegations = assessment_.test({&incident, revision.reports}, notices_);
  // A threshold counts over many incidents: what stood of it stands until all are tested anew.
  std::erase_if(incident.allegations,
                [&](model::Allegation const& said) { return thresholds_.contains(said.clause); });
  if (auto const found = over_threshold_.find(incident.id); found != over_threshold_.end()) {
    incident.allegations.insert(incident.allegations.end(), found->second.begin(),
                                found->second.end());
  }
}

void WatchDesk::remember_thresholds(model::IncidentId const& id,
                                    std::vector<model::Allegation> const& said) {
  over_threshold_.erase(id);
  for (model::Allegation const& allegation : said) {
    if (thresholds_.contains(allegation.clause)) {
      over_threshold_[id].push_back(allegation);
    }
  }
}

Result<TakenBatch> WatchDesk::take(std::span<Observation const> observations,
                                   store::Author const& author) {
  auto step = fusion_.fold(observations);
  if (!step.ok()) {
    return step.error();
  }
  TakenBatch batch{.incidents = {},
                   .taken = step.value().taken.size(),
                   .repeated = observations.size() - step.value().taken.size(),
                   .receipt = {}};
  std::vector<store::Draft> drafts;
  for (std::size_t const i : step.value().taken) {
    Observation const& observation = observations[i];
    drafts.push_back(draft_of(observation));
    // What was a notice may be corrected into something else.
    if (notice_ids_.contains(observation.id)) {
      std::erase_if(notices_, [&](Observation const& n) { return n.id == observation.id; });
    }
    if (observation.kind == EventKind::kNotice) {
      notice_ids_.insert(observation.id);
      notices_.push_back(observation);
    }
    note_change(observation);
  }
  for (watch::IncidentRevision& revision : step.value().revisions) {
    complete(revision);
    drafts.push_back(draft_of(revision.incident, std::move(revision.marks)));
    batch.incidents.push_back(std::move(revision.incident));
  }
  if (drafts.empty()) {
    return batch;
  }
  auto const kept = store_.append(drafts, author);
  if (!kept.ok()) {
    return kept.error();
  }
  batch.receipt = kept.value();
  return batch;
}

void WatchDesk::note_change(Observation const& observation) {
  changed_from_ = std::min(changed_from_.value_or(observation.from), observation.from);
  changed_to_ = std::max(changed_to_.value_or(observation.to), observation.to);
}

/// The incidents that what came since the last time may say something else of, with their reports
/// listed: those within the longest window of a clause.
Result<std::vector<Incident>> WatchDesk::incidents_to_assess() const {
  std::vector<Incident> incidents;
  if (!changed_from_) {
    return incidents;
  }
  std::chrono::microseconds window = std::chrono::hours{24};
  for (model::Clause const& clause : assessment_.clauses()) {
    if (clause.threshold && clause.window) {
      window = std::max(
          window, std::chrono::duration_cast<std::chrono::microseconds>(
                      std::chrono::duration<double, std::ratio<3600>>{clause.window->count()}));
    }
  }
  auto const classes = tested_classes(assessment_.clauses());
  std::set<std::string> keys;
  Result<Done> done{Done{}};
  each_day(*changed_from_ - window, *changed_to_ + window, [&](model::Date day) {
    auto const marked = store_.marked(RecordKind::kIncident, incident_mark(day));
    if (marked.ok()) {
      keys.insert(marked.value().begin(), marked.value().end());
    } else {
      done = marked.error();
    }
  });
  for (std::string const& key : keys) {
    auto incident = done.ok() ? kept_incident(store_, model::IncidentId{key}) : done.error();
    if (!incident.ok()) {
      return incident.error();
    }
    if (incident.value() && !has_ended(*incident.value()) &&
        classes.contains(incident.value()->what)) {
      incidents.push_back(std::move(*incident.value()));
    }
  }
  return done.ok() ? Result<std::vector<Incident>>{std::move(incidents)} : done.error();
}

Result<std::vector<Incident>> WatchDesk::reassess(store::Author const& author) {
  auto const read = incidents_to_assess();
  if (!read.ok()) {
    return read.error();
  }
  std::vector<Incident> const& incidents = read.value();
  std::map<model::ObservationId, Observation> reports;
  std::vector<watch::ReportedIncident> reported;
  for (Incident const& incident : incidents) {
    watch::ReportedIncident next{.incident = &incident, .reports = {}};
    for (model::ObservationId const& id : incident.observations) {
      auto observation = archive_->observation(id);
      if (!observation.ok()) {
        return observation.error();
      }
      if (observation.value()) {
        next.reports.push_back(
            &reports.insert_or_assign(id, std::move(*observation.value())).first->second);
      }
    }
    reported.push_back(std::move(next));
  }
  auto const said = assessment_.test_all(reported, notices_);
  changed_from_.reset();
  changed_to_.reset();
  std::vector<Incident> changed;
  std::vector<store::Draft> drafts;
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    remember_thresholds(incidents[i].id, said[i]);
    if (said[i] == incidents[i].allegations) {
      continue;
    }
    auto const number = fusion_.revise(incidents[i].id);
    if (!number.ok()) {
      return number.error();
    }
    Incident next = incidents[i];
    next.revision = number.value();
    next.cause = model::RevisionCause::kAssessed;
    next.added.clear();
    next.removed.clear();
    next.others.clear();
    next.allegations = said[i];
    drafts.push_back(draft_of(next, {}));
    changed.push_back(std::move(next));
  }
  if (!drafts.empty()) {
    if (auto const kept = store_.append(drafts, author); !kept.ok()) {
      return kept.error();
    }
  }
  return changed;
}

}  // namespace guarantor::monitor
