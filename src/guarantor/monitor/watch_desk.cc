#include "guarantor/monitor/watch_desk.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>

#include "guarantor/intake/observation_json.h"
#include "guarantor/monitor/day_marks.h"
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

}  // namespace

/// The rules, with where reports may be that name no place.
watch::FusionRules WatchDesk::with_sectors(watch::FusionRules rules) const {
  rules.sector_of = [this](model::Position place) { return assessment_.places().sector(place); };
  return rules;
}

WatchDesk::WatchDesk(store::Store& store, watch::Assessment assessment,
                     watch::FusionRules const& rules)
    : store_{store},
      assessment_{std::move(assessment)},
      archive_{std::make_unique<StoreArchive>(store)},
      fusion_{with_sectors(rules), archive_.get()},
      tested_{tested_classes(assessment_.clauses())} {
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
  return remember_recent();
}

/// Another process may have ended between taking something in and assessing what it changes.
Result<Done> WatchDesk::remember_recent() {
  constexpr store::Position kRecent = 5000;
  auto const size = store_.size();
  if (!size.ok()) {
    return size.error();
  }
  Result<Done> done{Done{}};
  auto const visited = store_.each(
      RecordKind::kObservation, size.value() - std::min(size.value(), kRecent),
      [&](store::Record&& record) {
        auto const seen =
            record.erased ? Result<Observation>{Observation{}} : kept_observation(record);
        if (!seen.ok()) {
          done = seen.error();
          return false;
        }
        auto const what = model::incident_class(seen.value().kind);
        if (!record.erased &&
            (seen.value().kind == EventKind::kNotice || (what && tested_.contains(*what)))) {
          note_change(seen.value().from, seen.value().to);
        }
        return true;
      });
  return visited.ok() ? done : visited;
}

Result<Done> WatchDesk::complete(watch::IncidentRevision& revision) {
  Incident& incident = revision.incident;
  if (has_ended(incident)) {
    return Done{};
  }
  if (incident.place) {
    incident.sector = assessment_.places().sector(*incident.place);
  } else if (!revision.reports.empty()) {
    incident.sector = revision.reports.front()->sector;
  }
  incident.allegations = assessment_.test({&incident, revision.reports}, notices_);
  if (thresholds_.empty()) {
    return Done{};
  }
  // A threshold counts over many incidents: what stood of it stands until all are tested anew.
  std::erase_if(incident.allegations,
                [&](model::Allegation const& said) { return thresholds_.contains(said.clause); });
  auto const stood = over_threshold(incident);
  if (!stood.ok()) {
    return stood.error();
  }
  incident.allegations.insert(incident.allegations.end(), stood.value().begin(),
                              stood.value().end());
  return Done{};
}

/// What was said of thresholds before this revision.
Result<std::vector<model::Allegation>> WatchDesk::over_threshold(Incident const& incident) {
  constexpr std::size_t kMost = 100'000;
  if (auto const found = over_threshold_.find(incident.id); found != over_threshold_.end()) {
    return found->second;
  }
  std::vector<model::Allegation> stood;
  if (incident.revision > 1) {
    auto const kept = kept_incident(store_, incident.id);
    if (!kept.ok()) {
      return kept.error();
    }
    if (kept.value()) {
      stood = kept.value()->allegations;
      std::erase_if(
          stood, [&](model::Allegation const& said) { return !thresholds_.contains(said.clause); });
    }
  }
  if (over_threshold_.size() >= kMost) {
    over_threshold_.clear();
  }
  over_threshold_[incident.id] = stood;
  return stood;
}

void WatchDesk::remember_thresholds(model::IncidentId const& id,
                                    std::vector<model::Allegation> const& said) {
  if (thresholds_.empty()) {
    return;
  }
  auto& stood = over_threshold_[id];
  stood = said;
  std::erase_if(stood, [&](model::Allegation const& a) { return !thresholds_.contains(a.clause); });
}

Result<TakenBatch> WatchDesk::take(std::span<Observation const> observations,
                                   store::Author const& author) {
  auto step = fusion_.fold(observations);
  if (!step.ok()) {
    return step.error();
  }
  TakenBatch batch{
      .incidents = {},
      .taken = step.value().taken.size(),
      .repeated = observations.size() - step.value().taken.size() - step.value().overtaken,
      .overtaken = step.value().overtaken,
      .receipt = {}};
  std::vector<store::Draft> drafts;
  for (std::size_t const i : step.value().taken) {
    Observation const& observation = observations[i];
    drafts.push_back(draft_of(observation));
    take_notice(observation);
  }
  for (watch::IncidentRevision& revision : step.value().revisions) {
    if (auto const completed = complete(revision); !completed.ok()) {
      return completed.error();
    }
    drafts.push_back(draft_of(revision.incident, std::move(revision.marks)));
    if (revised_) {
      revised_->insert(revision.incident.id);
    }
    batch.incidents.push_back(std::move(revision.incident));
  }
  for (Observation const& observation : observations) {
    // Delivered again, perhaps since nobody lived to assess it.
    if (observation.kind == EventKind::kNotice) {
      note_change(observation.from, observation.to);
    }
  }
  for (auto const& [what, when] : step.value().when) {
    if (tested_.contains(what)) {
      note_change(when.from, when.to);
    }
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

void WatchDesk::take_notice(Observation const& observation) {
  // What was a notice may be corrected into something else.
  if (notice_ids_.contains(observation.id)) {
    std::erase_if(notices_, [&](Observation const& earlier) {
      if (earlier.id == observation.id) {
        note_change(earlier.from, earlier.to);
      }
      return earlier.id == observation.id;
    });
  }
  if (observation.kind == EventKind::kNotice) {
    notice_ids_.insert(observation.id);
    notices_.push_back(observation);
  }
}

void WatchDesk::note_change(model::Instant from, model::Instant to) {
  auto const known = changed_.value_or(model::Interval{from, to});
  changed_ = {std::min(known.from, from), std::max(known.to, to)};
}

std::optional<DueAssessment> WatchDesk::take_due() {
  if (!changed_) {
    return std::nullopt;
  }
  revised_.emplace();
  return DueAssessment{*std::exchange(changed_, std::nullopt), notices_};
}

Result<std::vector<Incident>> WatchDesk::keep(std::vector<JudgedIncident> const& judged,
                                              store::Author const& author) {
  std::vector<JudgedIncident> standing;
  for (JudgedIncident const& one : judged) {
    if (revised_ && revised_->contains(one.incident.id)) {
      note_change(one.incident.from, one.incident.to);
    } else {
      standing.push_back(one);
    }
  }
  revised_.reset();
  return keep_judged(standing, author);
}

Result<std::vector<Incident>> WatchDesk::reassess(store::Author const& author) {
  std::vector<Incident> changed;
  if (!changed_) {
    return changed;
  }
  Reassessment reassessment{store_, assessment_, notices_, *changed_};
  while (!reassessment.finished()) {
    auto const judged = reassessment.next();
    auto revised = judged.ok() ? keep_judged(judged.value(), author) : judged.error();
    if (!revised.ok()) {
      return revised;
    }
    std::ranges::move(revised.value(), std::back_inserter(changed));
  }
  changed_.reset();
  return changed;
}

/// Revisions of those of which something else is said than before.
Result<std::vector<Incident>> WatchDesk::keep_judged(std::vector<JudgedIncident> const& judged,
                                                     store::Author const& author) {
  std::vector<Incident> changed;
  std::vector<store::Draft> drafts;
  for (auto const& [incident, said] : judged) {
    remember_thresholds(incident.id, said);
    if (said == incident.allegations) {
      continue;
    }
    auto const number = fusion_.revise(incident.id);
    if (!number.ok()) {
      return number.error();
    }
    Incident next = incident;
    next.revision = number.value();
    next.cause = model::RevisionCause::kAssessed;
    next.added.clear();
    next.removed.clear();
    next.others.clear();
    next.allegations = said;
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
