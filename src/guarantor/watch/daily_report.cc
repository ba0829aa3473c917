#include "guarantor/watch/daily_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "guarantor/watch/agreement_life.h"
#include "guarantor/watch/coverage.h"
#include "guarantor/watch/known_incidents.h"
#include "guarantor/watch/report_corrections.h"

namespace guarantor::watch {
namespace {

using model::CaseState;
using model::Clause;
using model::ClauseTally;
using model::Date;
using model::EventKind;
using model::Incident;
using model::SectorId;
using model::WatchedCount;
using model::WatchedTime;
using model::WatchTally;
using Days = model::Interval<Date>;

constexpr std::array kFireKinds{EventKind::kExplosion, EventKind::kBurst, EventKind::kShot};

TimeSpan span_of(Days days) {
  return {model::Instant{days.from}, model::Instant{days.to}};
}

/// Numbers of a sector and a day before it is known what was watched.
struct RawTally {
  std::int64_t incidents{};
  model::MunitionCount munitions;
  std::int64_t live_fire{};
  std::int64_t alleged{};
  std::array<std::int64_t, model::kCaseStates> states{};
  std::int64_t exempt{};
  std::int64_t restrictions{};
  std::int64_t jammings{};
};

struct RawClause {
  std::int64_t alleged{};
  std::int64_t munitions{};
  std::array<std::int64_t, model::kCaseStates> states{};
  std::int64_t exempt{};
};

using SectorDayKey = std::pair<SectorId, Date>;
using ClauseDayKey = std::tuple<model::ClauseId, SectorId, Date>;

class ReportMaker {
 public:
  ReportMaker(model::Scenario const& scenario, KnownIncidents const& known,
              DailyReportRequest const& request, Coverage const& coverage)
      : scenario_{scenario}, known_{known}, request_{request}, coverage_{coverage} {
    now_ = request.days;
    before_ = {now_.from - now_.length(), now_.from};
    for (Clause const& clause : scenario.clauses) {
      lives_.try_emplace(clause.agreement, scenario, clause.agreement);
    }
    for (Incident const* const incident : known_.standing()) {
      count(*incident);
    }
  }

  [[nodiscard]] model::WatchReport make() const;

 private:
  [[nodiscard]] bool counts(Date day) const { return before_.from <= day && day < now_.to; }
  [[nodiscard]] SectorId sector_of(Incident const& incident) const {
    return coverage_.has(incident.sector) ? incident.sector : SectorId{};
  }
  [[nodiscard]] CaseState state_of(Incident const& incident) const {
    auto const at = request_.states.find(incident.id);
    if (at != request_.states.end()) {
      return at->second;
    }
    return is_alleged(incident) ? CaseState::kAlleged : CaseState::kObserved;
  }

  void count(Incident const& incident);
  void count_numbers(Incident const& incident, SectorId const& sector);
  void count_restrictions(Incident const& incident, SectorId const& sector);
  void count_clauses(Incident const& incident, SectorId const& sector);

  [[nodiscard]] WatchedTime watched(SectorId const& sector, std::span<EventKind const> kinds,
                                    Date day) const;
  [[nodiscard]] WatchTally tally(SectorId const& sector, Date day) const;
  [[nodiscard]] ClauseTally tally(Clause const& clause, SectorId const& sector, Date day) const;
  [[nodiscard]] bool runs(Clause const& clause, Date day) const;
  [[nodiscard]] bool watches(Clause const& clause, SectorId const& sector) const;

  [[nodiscard]] std::vector<SectorId> sectors() const;
  void put_sectors(model::WatchReport& report) const;
  void put_clauses(model::WatchReport& report) const;
  void put_incidents(model::WatchReport& report) const;

  model::Scenario const& scenario_;
  KnownIncidents const& known_;
  DailyReportRequest const& request_;
  Coverage const& coverage_;
  std::map<model::AgreementId, AgreementLife> lives_;
  Days now_;
  Days before_;
  std::map<SectorDayKey, RawTally> tallies_;
  std::map<ClauseDayKey, RawClause> clauses_;
  mutable std::map<std::tuple<SectorId, std::uint64_t, Date>, WatchedTime> watched_;
};

void ReportMaker::count(Incident const& incident) {
  auto const sector = sector_of(incident);
  auto const day = day_of(incident.from);
  if (counts(day)) {
    auto& tally = tallies_[{sector, day}];
    bool const alleged = is_alleged(incident);
    ++tally.incidents;
    tally.alleged += alleged ? 1 : 0;
    tally.exempt += !alleged && !incident.allegations.empty() ? 1 : 0;
    ++tally.states.at(static_cast<std::size_t>(state_of(incident)));
  }
  count_numbers(incident, sector);
  if (incident.what == model::IncidentClass::kAccess) {
    count_restrictions(incident, sector);
  }
  count_clauses(incident, sector);
}

void ReportMaker::count_numbers(Incident const& incident, SectorId const& sector) {
  for (auto const& [day, number] : known_.count(incident)) {
    if (counts(day)) {
      auto& tally = tallies_[{sector, day}];
      tally.munitions.explosions += number.munitions.explosions;
      tally.munitions.bursts += number.munitions.bursts;
      tally.munitions.shots += number.munitions.shots;
      tally.live_fire += number.live_fire.all();
    }
  }
}

void ReportMaker::count_restrictions(Incident const& incident, SectorId const& sector) {
  auto const reports = known_.reports(incident.observations);
  for (auto const kind : {EventKind::kRestriction, EventKind::kJamming}) {
    std::vector<model::Observation const*> of_kind;
    std::copy_if(reports.begin(), reports.end(), std::back_inserter(of_kind),
                 [&](auto const* report) { return report->kind == kind; });
    for (auto const& [day, number] : count_events_by_day(of_kind)) {
      if (counts(day)) {
        auto& tally = tallies_[{sector, day}];
        (kind == EventKind::kRestriction ? tally.restrictions : tally.jammings) += number.events;
      }
    }
  }
}

void ReportMaker::count_clauses(Incident const& incident, SectorId const& sector) {
  auto const began = day_of(incident.from);
  for (auto const& allegation : incident.allegations) {
    if (counts(began)) {
      auto& row = clauses_[{allegation.clause, sector, began}];
      if (allegation.exempt) {
        ++row.exempt;
      } else {
        ++row.alleged;
        ++row.states.at(static_cast<std::size_t>(state_of(incident)));
      }
    }
    if (allegation.exempt) {
      continue;
    }
    for (auto const& [day, number] : known_.count(incident, allegation.evidence)) {
      if (counts(day) && number.munitions.all() > 0) {
        clauses_[{allegation.clause, sector, day}].munitions += number.munitions.all();
      }
    }
  }
}

WatchedTime ReportMaker::watched(SectorId const& sector, std::span<EventKind const> kinds,
                                 Date day) const {
  if (sector.empty()) {
    return {};
  }
  auto const [at, first] = watched_.try_emplace({sector, bits_of(kinds), day});
  if (first) {
    at->second = coverage_.watched(sector, kinds, span_of({day, day + std::chrono::days{1}}));
  }
  return at->second;
}

WatchTally ReportMaker::tally(SectorId const& sector, Date day) const {
  auto const at = tallies_.find({sector, day});
  auto const raw = at == tallies_.end() ? RawTally{} : at->second;
  auto const any = watched(sector, {}, day);
  auto const of_kind = [&](std::int64_t number, std::size_t kind) {
    return WatchedCount{number, watched(sector, std::span{kFireKinds}.subspan(kind, 1), day)};
  };
  WatchTally tally{.watched = any,
                   .incidents = {raw.incidents, any},
                   .explosions = of_kind(raw.munitions.explosions, 0),
                   .bursts = of_kind(raw.munitions.bursts, 1),
                   .shots = of_kind(raw.munitions.shots, 2),
                   .live_fire = {raw.live_fire, watched(sector, kFireKinds, day)},
                   .alleged = {raw.alleged, any},
                   .exempt = raw.exempt,
                   .restrictions = raw.restrictions,
                   .jammings = raw.jammings};
  for (std::size_t s = 0; s < model::kCaseStates; ++s) {
    tally.states.at(s) = {raw.states.at(s), any};
  }
  return tally;
}

ClauseTally ReportMaker::tally(Clause const& clause, SectorId const& sector, Date day) const {
  auto const at = clauses_.find({clause.id, sector, day});
  auto const raw = at == clauses_.end() ? RawClause{} : at->second;
  auto const time = watches(clause, sector) ? watched(sector, clause.acts, day) : WatchedTime{};
  ClauseTally tally{
      .alleged = {raw.alleged, time}, .munitions = {raw.munitions, time}, .exempt = raw.exempt};
  for (std::size_t s = 0; s < model::kCaseStates; ++s) {
    tally.states.at(s) = {raw.states.at(s), time};
  }
  return tally;
}

/// Whether anything could be said to breach it on that day.
bool ReportMaker::runs(Clause const& clause, Date day) const {
  auto const life = lives_.find(clause.agreement);
  return life != lives_.end() && life->second.in_force(clause, model::Instant{day}, {});
}

bool ReportMaker::watches(Clause const& clause, SectorId const& sector) const {
  if (clause.line.empty()) {
    return clause.area.empty() && clause.sites.empty() && !sector.empty();
  }
  // A line's sectors are called after it and numbered; `front-b-01` is none of `front`.
  std::string_view name = sector.text();
  std::string const line = clause.line.text() + "-";
  bool const of_line = name.starts_with(line);
  name.remove_prefix(of_line ? line.size() : 0);
  return of_line && name.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<SectorId> ReportMaker::sectors() const {
  auto sectors = coverage_.sectors();
  if (std::any_of(tallies_.begin(), tallies_.end(),
                  [](auto const& entry) { return entry.first.first.empty(); })) {
    sectors.emplace_back();
  }
  return sectors;
}

void ReportMaker::put_sectors(model::WatchReport& report) const {
  for (auto const& sector : sectors()) {
    model::SectorPeriod period{.sector = sector};
    for (Date day = before_.from; day < now_.to; day += std::chrono::days{1}) {
      auto const of_day = tally(sector, day);
      if (day < now_.from) {
        period.before += of_day;
        continue;
      }
      period.now += of_day;
      model::SectorDay row{.sector = sector, .day = day, .tally = of_day};
      if (!sector.empty()) {
        auto const of_the_day = span_of({day, day + std::chrono::days{1}});
        row.watched = coverage_.spans(sector, {}, of_the_day).spans();
        row.why_not = coverage_.why_not(sector, {}, of_the_day);
      }
      report.sector_days.push_back(std::move(row));
    }
    if (!sector.empty()) {
      period.why_not = coverage_.why_not(sector, {}, span_of(now_));
    }
    report.now += period.now;
    report.before += period.before;
    report.sectors.push_back(std::move(period));
  }
}

void ReportMaker::put_clauses(model::WatchReport& report) const {
  auto all = sectors();
  if (all.empty() || !all.back().empty()) {
    all.emplace_back();
  }
  for (Clause const& clause : scenario_.clauses) {
    model::ClausePeriod period{.clause = clause.id,
                               .agreement = clause.agreement,
                               .title = clause.title,
                               .text = clause.text};
    bool listed = false;
    for (auto const& sector : all) {
      for (Date day = before_.from; day < now_.to; day += std::chrono::days{1}) {
        bool const said = clauses_.contains({clause.id, sector, day});
        if (!said && !(watches(clause, sector) && runs(clause, day))) {
          continue;
        }
        auto const of_day = tally(clause, sector, day);
        (day < now_.from ? period.before : period.now) += of_day;
        if (day >= now_.from) {
          report.clause_days.push_back({clause.id, sector, day, of_day});
        }
        listed = true;
      }
    }
    auto const any_day = [&] {
      for (Date day = now_.from; day < now_.to; day += std::chrono::days{1}) {
        if (runs(clause, day)) {
          return true;
        }
      }
      return false;
    };
    if (listed || any_day()) {
      report.clauses.push_back(std::move(period));
    }
  }
}

void ReportMaker::put_incidents(model::WatchReport& report) const {
  for (Incident const* const incident : known_.standing()) {
    auto const reports = known_.reports(incident->observations);
    bool const reported = std::any_of(reports.begin(), reports.end(), [&](auto const* report_of) {
      return now_.contains(day_of(report_of->from)) && !report_of->withdrawn;
    });
    if (!reported && !now_.contains(day_of(incident->from))) {
      continue;
    }
    std::set<std::string> sources;
    for (auto const* const report_of : reports) {
      sources.insert(report_of->source);
      bool const kept =
          report_of->kind == EventKind::kRestriction || report_of->kind == EventKind::kJamming;
      if (kept && !report_of->withdrawn && now_.contains(day_of(report_of->from))) {
        report.restrictions.push_back({report_of->id, report_of->kind, report_of->from,
                                       report_of->to, sector_of(*incident), report_of->seen_by(),
                                       report_of->text});
      }
    }
    report.incidents.push_back({*incident,
                                state_of(*incident),
                                {sources.begin(), sources.end()},
                                known_.munitions(*incident, now_)});
  }
  std::sort(report.restrictions.begin(), report.restrictions.end(),
            [](auto const& a, auto const& b) {
              return std::tie(a.from, a.report) < std::tie(b.from, b.report);
            });
}

std::string id_of(Days days) {
  auto const last = days.to - std::chrono::days{1};
  auto const first = model::print(days.from);
  return "watch-" + first + (last == days.from ? "" : "--" + model::print(last));
}

model::WatchReport ReportMaker::make() const {
  model::WatchReport report{.scenario_hash = request_.scenario_hash,
                            .program_version = request_.program_version,
                            .id = id_of(now_),
                            .days = now_,
                            .made = request_.made};
  report.warnings = request_.warnings;
  put_sectors(report);
  put_clauses(report);
  put_incidents(report);
  if (request_.published) {
    correct(report, *request_.published, known_,
            [this](Incident const& incident) { return state_of(incident); });
  }
  return report;
}

}  // namespace

model::Result<model::WatchReport> daily_report(model::Scenario const& scenario,
                                               std::span<Incident const> incidents,
                                               std::span<model::Observation const> observations,
                                               DailyReportRequest const& request) {
  if (request.days.empty()) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("no day from {} until before {}",
                                    model::print(request.days.from), model::print(request.days.to)),
                        "a first day, and one after the last"};
  }
  auto const before = request.days.from - request.days.length();
  auto const coverage =
      Coverage::of(scenario, observations, span_of({before, request.days.to}), request.made);
  if (!coverage) {
    return coverage.error();
  }
  KnownIncidents const known{incidents, observations};
  return ReportMaker{scenario, known, request, coverage.value()}.make();
}

}  // namespace guarantor::watch
