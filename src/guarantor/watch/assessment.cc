#include "guarantor/watch/assessment.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/watch/event_count.h"
#include "guarantor/watch/incident_gate.h"
#include "guarantor/watch/listed.h"

namespace guarantor::watch {
namespace {

using model::Allegation;
using model::Clause;
using model::ClauseKind;
using model::Observation;

constexpr double kDay = 24;

/// Whether a report is of an act that the clause counts, wherever it was.
bool is_act(Clause const& clause, Observation const& report) {
  if (report.withdrawn || !lists(clause.acts, report.kind) ||
      report.kind == model::EventKind::kAnomaly) {
    return false;
  }
  if (clause.kind == ClauseKind::kNotice && !report.live_fire) {
    return false;
  }
  if (!clause.weapons.empty() && !lists(clause.weapons, report.weapon)) {
    return false;
  }
  bool const calibre_asked = clause.calibre_from || clause.calibre_below;
  if (calibre_asked && !report.calibre) {
    return false;
  }
  return (!clause.calibre_from || *report.calibre >= *clause.calibre_from) &&
         (!clause.calibre_below || *report.calibre < *clause.calibre_below);
}

/// Whether a report tells well enough where and when it was to be tested by itself.
bool is_exact(Observation const& report) {
  static FusionRules const kRules;
  return report.precision <= kRules.precise && report.to - report.from <= kRules.precise_span &&
         report.kind != model::EventKind::kAnomaly;
}

/// Where and when a report's event was. One that tells it only vaguely, beside others that tell it
/// exactly, confirms: it was where and when the incident was. Else a newspaper that knows the day
/// would stand outside of every notice, and its nominal place in somebody else's area.
Observation anchored(Observation const& report, ReportedIncident const& incident) {
  Observation seen = report;
  bool const confirms =
      !is_exact(report) && std::ranges::any_of(incident.reports, [](Observation const* other) {
        return is_exact(*other);
      });
  if (confirms) {
    seen.from = incident.incident->from;
    seen.to = incident.incident->to;
    seen.place = incident.incident->place;
    seen.precision = incident.incident->radius;
    seen.sector = incident.incident->place ? model::SectorId{} : report.sector;
  }
  return seen;
}

std::int64_t counted(std::vector<Observation const*> const& evidence) {
  EventCount const count = count_events(evidence);
  return count.munitions.all() > 0 ? count.munitions.all() : std::int64_t{!evidence.empty()};
}

std::chrono::microseconds window_of(Clause const& clause) {
  double const hours = clause.window ? clause.window->count() : kDay;
  return std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::duration<double, std::ratio<3600>>{hours});
}

}  // namespace

Assessment::Assessment(model::Scenario const& scenario, WatchedPlaces places)
    : places_{std::move(places)}, clauses_{scenario.clauses} {
  for (Clause const& clause : clauses_) {
    lives_.emplace_back(scenario, clause.agreement);
  }
}

model::Result<Assessment> Assessment::from(model::Scenario const& scenario) {
  auto places = WatchedPlaces::from(scenario);
  if (!places.ok()) {
    return places.error();
  }
  return Assessment{scenario, std::move(places).value()};
}

std::optional<model::Position> Assessment::place_of(Observation const& report) const {
  return report.place ? report.place : places_.middle(report.sector);
}

Observation const* Assessment::notice_for(Clause const& clause, Observation const& report,
                                          Notices const& notices) const {
  bool const about_notice = clause.kind == ClauseKind::kNotice;
  Observation const* found = nullptr;
  for (Observation const* candidate : notices) {
    Observation const& notice = *candidate;
    auto const what = model::parse<model::Exemption>(notice.category);
    bool const asked =
        what && (about_notice ? *what == model::Exemption::kExercise : lists(clause.exempt, *what));
    // A report that knows only the day cannot tell that it was not what was announced for an hour.
    bool const in_time = is_exact(report) ? notice.from <= report.from && report.to <= notice.to
                                          : notice.from <= report.to && report.from <= notice.to;
    // Announced is what was said before, and by whoever acts where that is known.
    bool const before = !notice.reported || *notice.reported <= report.to;
    bool const by_another =
        !notice.actor.empty() && !report.actor.empty() && notice.actor != report.actor;
    bool const covers = notice.kind == model::EventKind::kNotice && asked && !notice.withdrawn &&
                        in_time && before && !by_another;
    if (!covers || (found != nullptr && found->id < notice.id)) {
      continue;
    }
    auto const announced = place_of(notice);
    auto const happened = place_of(report);
    bool const here = !notice.sector.empty() && notice.sector == report.sector;
    bool const near = announced && happened &&
                      geo::distance(*announced, *happened) <= notice.precision + report.precision;
    bool const in_sector =
        !notice.sector.empty() && happened && places_.sector(*happened) == notice.sector;
    if (here || near || in_sector) {
      found = &notice;
    }
  }
  return found;
}

/// Those that might cover some report of an incident, by their time.
Assessment::Notices Assessment::notices_during(ReportedIncident const& incident,
                                               std::span<Observation const> notices) {
  Notices during;
  if (incident.reports.empty() || notices.empty()) {
    return during;
  }
  model::Instant from = incident.incident->from;
  model::Instant to = incident.incident->to;
  for (Observation const* report : incident.reports) {
    from = std::min(from, report->from);
    to = std::max(to, report->to);
  }
  for (Observation const& notice : notices) {
    if (notice.from <= to && from <= notice.to) {
      during.push_back(&notice);
    }
  }
  return during;
}

std::optional<Allegation> Assessment::test_clause(std::size_t number,
                                                  ReportedIncident const& incident,
                                                  Notices const& notices) const {
  Clause const& clause = clauses_[number];
  Allegation allegation{.clause = clause.id};
  std::vector<Observation const*> evidence;
  Observation const* notice = nullptr;
  for (Observation const* report : incident.reports) {
    if (!is_act(clause, *report)) {
      continue;
    }
    std::optional<Observation> moved;
    if (!is_exact(*report)) {
      moved = anchored(*report, incident);
    }
    Observation const& seen = moved ? *moved : *report;
    auto const place = place_of(seen);
    bool const anywhere = clause.area.empty() && clause.line.empty() && clause.sites.empty();
    auto const where = place      ? places_.where(clause, *place)
                       : anywhere ? std::optional{Proximity{}}
                                  : std::nullopt;
    // A report that spans a day on which it was not in force may be of that day.
    if (!where ||
        !lives_[number].in_force(clause, {seen.from, seen.to}, incident.incident->actors)) {
      continue;
    }
    if (Observation const* announced = notice_for(clause, seen, notices)) {
      notice = notice == nullptr || announced->id < notice->id ? announced : notice;
      continue;
    }
    evidence.push_back(report);
    if (allegation.near.empty() || (where->distance && where->distance < allegation.distance)) {
      allegation.distance = where->distance;
      allegation.near = where->near;
    }
  }
  if (evidence.empty()) {
    if (notice == nullptr || clause.kind == ClauseKind::kNotice) {
      return std::nullopt;
    }
    allegation.exempt = model::parse<model::Exemption>(notice->category);
    allegation.notice = notice->id;
    return allegation;
  }
  for (Observation const* report : evidence) {
    allegation.evidence.push_back(report->id);
  }
  std::ranges::sort(allegation.evidence);
  allegation.counted = counted(evidence);
  return allegation;
}

std::vector<Allegation> Assessment::test(ReportedIncident const& incident,
                                         std::span<Observation const> notices) const {
  return test_all({&incident, 1}, notices).front();
}

std::vector<std::vector<Allegation>> Assessment::test_all(
    std::span<ReportedIncident const> incidents, std::span<Observation const> notices) const {
  std::vector<std::vector<Allegation>> found(incidents.size());
  std::vector<Notices> near;
  for (ReportedIncident const& incident : incidents) {
    near.push_back(notices_during(incident, notices));
  }
  for (std::size_t clause = 0; clause < clauses_.size(); ++clause) {
    if (clauses_[clause].kind == ClauseKind::kTerm) {
      continue;
    }
    std::vector<std::vector<Allegation>> of_clause(incidents.size());
    for (std::size_t i = 0; i < incidents.size(); ++i) {
      if (auto allegation = test_clause(clause, incidents[i], near[i])) {
        of_clause[i].push_back(std::move(*allegation));
      }
    }
    if (clauses_[clause].threshold) {
      apply_threshold(clause, incidents, of_clause);
    }
    for (std::size_t i = 0; i < incidents.size(); ++i) {
      std::ranges::move(of_clause[i], std::back_inserter(found[i]));
    }
  }
  return found;
}

void Assessment::apply_threshold(std::size_t number, std::span<ReportedIncident const> incidents,
                                 std::vector<std::vector<Allegation>>& found) const {
  Clause const& clause = clauses_[number];
  auto const all = counted_in_time(number, incidents, found);
  std::vector<std::int64_t> most(incidents.size(), 0);
  std::int64_t sum = 0;
  std::size_t first = 0;
  for (std::size_t next = 0; next < all.size();) {
    // What ends at one moment counts together: which comes first would hang on names.
    std::size_t last = next;
    for (; last < all.size() && all[last].at == all[next].at; ++last) {
      sum += all[last].number;
    }
    while (first < last && all[next].at - all[first].at >= window_of(clause)) {
      sum -= all[first++].number;
    }
    for (; next < last; ++next) {
      std::int64_t& of_incident = most[all[next].incident];
      of_incident = std::max(of_incident, sum);
    }
  }
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    if (found[i].empty() || found[i].front().exempt) {
      continue;
    }
    if (most[i] > *clause.threshold) {
      found[i].front().counted = most[i];
    } else {
      found[i].clear();
    }
  }
}

/// When what counts was counted: at the end of an incident, or, in one that is longer than the
/// window, as its reports came to it.
std::vector<Assessment::Counted> Assessment::counted_in_time(
    std::size_t number, std::span<ReportedIncident const> incidents,
    std::vector<std::vector<Allegation>> const& found) const {
  std::vector<Counted> all;
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    if (found[i].empty() || found[i].front().exempt) {
      continue;
    }
    Allegation const& said = found[i].front();
    model::Incident const& incident = *incidents[i].incident;
    if (incident.to - incident.from < window_of(clauses_[number])) {
      all.push_back({incident.to, i, said.counted});
      continue;
    }
    std::vector<Observation const*> evidence = incidents[i].reports;
    std::erase_if(evidence, [&](Observation const* report) {
      return !std::ranges::binary_search(said.evidence, report->id);
    });
    std::ranges::sort(evidence, {}, [](Observation const* report) { return report->from; });
    // Counted anew with each further report an incident of thousands would take hours.
    constexpr std::size_t kMostSteps = 200;
    std::size_t const stride = 1 + evidence.size() / kMostSteps;
    std::int64_t before = 0;
    for (std::size_t end = std::min(stride, evidence.size()); end <= evidence.size();) {
      std::int64_t const now = std::max(
          before, counted({evidence.begin(), evidence.begin() + static_cast<std::ptrdiff_t>(end)}));
      all.push_back({evidence[end - 1]->from, i, now - before});
      before = now;
      if (end == evidence.size()) {
        break;
      }
      end = std::min(end + stride, evidence.size());
    }
  }
  std::ranges::sort(all, {}, &Counted::at);
  return all;
}

}  // namespace guarantor::watch
