#include "guarantor/watch/replay_truth.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/watch/listed.h"

namespace guarantor::watch {
namespace {

using model::Clause;
using model::ClauseKind;
using model::Date;
using model::EventKind;
using model::Instant;
using model::Observation;
using Reports = std::vector<Observation const*>;

bool spans(std::optional<Date> from, std::optional<Date> until, Date day) {
  return !(from && day < *from) && !(until && day >= *until);
}

/// The parties that stood by an agreement on a day.
std::set<std::string> standing_by(model::Scenario const& scenario, model::AgreementId const& id,
                                  Date day) {
  std::map<std::string, std::pair<Date, model::Standing>> latest;
  for (model::PartyPosition const& position : scenario.positions) {
    if (position.agreement != id || !position.date || !position.standing || *position.date > day) {
      continue;
    }
    auto const [at, fresh] =
        latest.try_emplace(position.party.text(), *position.date, *position.standing);
    if (!fresh && at->second.first <= *position.date) {
      at->second = {*position.date, *position.standing};
    }
  }
  std::set<std::string> by;
  for (auto const& [party, stands] : latest) {
    if (stands.second == model::Standing::kAccepted) {
      by.insert(party);
    }
  }
  return by;
}

/// Whether a clause held on a day, between parties of which those named, if any, are one.
bool held(model::Scenario const& scenario, Clause const& clause, Date day,
          std::set<std::string> const& named) {
  auto const found =
      std::ranges::find(scenario.agreements, clause.agreement, &model::Agreement::id);
  if (found == scenario.agreements.end() || !spans(found->from, found->until, day) ||
      !spans(clause.from, clause.until, day)) {
    return false;
  }
  auto by = standing_by(scenario, clause.agreement, day);
  if (by.size() < 2) {
    return false;
  }
  if (!clause.binds.empty()) {
    std::erase_if(by, [&](auto const& p) { return !lists(clause.binds, model::PartyId{p}); });
  }
  bool party = false;
  for (model::PartyPosition const& position : scenario.positions) {
    party |= position.agreement == clause.agreement && named.contains(position.party.text());
  }
  return party ? std::ranges::any_of(named, [&](auto const& n) { return by.contains(n); })
               : !by.empty();
}

bool counts(Clause const& clause, EventKind kind, std::string const& weapon,
            std::optional<model::Millimetres> calibre, bool live) {
  bool const asks_calibre = clause.calibre_from || clause.calibre_below;
  return kind != EventKind::kAnomaly && lists(clause.acts, kind) &&
         (clause.kind != ClauseKind::kNotice || live) &&
         (clause.weapons.empty() || lists(clause.weapons, weapon)) &&
         (!asks_calibre || (calibre && !(clause.calibre_from && *calibre < *clause.calibre_from) &&
                            !(clause.calibre_below && *calibre >= *clause.calibre_below)));
}

bool acts_against(Clause const& clause, Play const& play) {
  return std::ranges::any_of(play.events, [&](PlayedEvent const& event) {
    return counts(clause, event.kind, play.weapon, play.calibre, play.live_fire);
  });
}

bool is_told(Clause const& clause, Observation const& report) {
  return counts(clause, report.kind, report.weapon, report.calibre, report.live_fire);
}

/// Whether what was announced covers a play, hour and place; or, where all that is reported is the
/// day, whether it was announced for that day: nobody can then tell that it was anything else.
std::optional<model::Exemption> announced(Play const& play, Reports const& reports) {
  if (!play.notice) {
    return std::nullopt;
  }
  Observation const& notice = *play.notice;
  bool const covers = notice.from <= play.from && play.to <= notice.to;
  bool const only_days =
      !reports.empty() && std::ranges::all_of(reports, [&](Observation const* report) {
        return report->to - report->from > std::chrono::hours{6} && report->from <= notice.to &&
               notice.from <= report->to;
      });
  return covers || only_days ? model::parse<model::Exemption>(notice.category) : std::nullopt;
}

/// What reports of one kind amount to: of each event the most that any of them says; vague ones
/// only where there are no others.
std::int64_t counted(Reports const& reports, Play const& play, EventKind kind) {
  constexpr double kVague = 2'000;
  auto const vague = [](Observation const& report) {
    return report.precision.count() > kVague || report.to - report.from > std::chrono::hours{6};
  };
  Reports of_kind;
  std::ranges::copy_if(reports, std::back_inserter(of_kind),
                       [&](auto const* r) { return r->kind == kind; });
  if (!std::ranges::all_of(of_kind, [&](auto const* r) { return vague(*r); })) {
    std::erase_if(of_kind, [&](auto const* r) { return vague(*r); });
  }
  std::int64_t sum = 0;
  std::int64_t least = 0;
  for (PlayedEvent const& event : play.events) {
    if (event.kind != kind) {
      continue;
    }
    std::int64_t most = 0;
    for (Observation const* report : of_kind) {
      bool const all_day = report->to - report->from > std::chrono::hours{6};
      bool const of_it = report->from <= event.from && event.to <= report->to;
      if (all_day) {
        least = std::max(least, report->number());
      } else if (of_it) {
        most = std::max(most, report->number());
      }
    }
    sum += most;
  }
  return std::max(sum, least);
}

model::MunitionCount countable(Reports const& reports, Play const& play) {
  return {.explosions = counted(reports, play, EventKind::kExplosion),
          .bursts = counted(reports, play, EventKind::kBurst),
          .shots = counted(reports, play, EventKind::kShot)};
}

model::MunitionCount happened(Play const& play) {
  model::MunitionCount sum;
  for (PlayedEvent const& event : play.events) {
    sum.explosions += event.kind == EventKind::kExplosion ? event.count : 0;
    sum.bursts += event.kind == EventKind::kBurst ? event.count : 0;
    sum.shots += event.kind == EventKind::kShot ? event.count : 0;
  }
  return sum;
}

/// Who looked, or why nobody did.
void look(InjectedIncident& truth, ReplayGround const& ground, ReplayWatchers const& watchers,
          Play const& play) {
  auto const& sensors = ground.scenario().sensors;
  std::set<std::string> why;
  for (std::size_t s = 0; s < sensors.size(); ++s) {
    bool watched = false;
    for (PlayedEvent const& event : play.events) {
      std::string const blind = watchers.blind(s, play, event);
      watched |= blind.empty();
      if (!blind.empty() && blind != "out of reach") {
        why.insert(blind);
      }
    }
    if (watched) {
      truth.watched_by.push_back(sensors[s].id);
    }
  }
  std::ranges::sort(truth.watched_by);
  if (!truth.observations.empty()) {
    return;
  }
  truth.missed = !truth.watched_by.empty() ? "watched, but not noticed or taken back"
                 : why.empty()             ? "not watched: nothing reaches there"
                                           : fmt::format("not watched: {}", fmt::join(why, ", "));
}

/// A play with what stands of its reports.
struct Case {
  Play const* play;
  Reports reports;
  std::set<std::string> named;
};

void judge(InjectedIncident& truth, Case const& what, ReplayGround const& ground) {
  Play const& play = *what.play;
  Date const day = std::chrono::floor<std::chrono::days>(play.from);
  auto const notice = announced(play, what.reports);
  for (Clause const& clause : ground.scenario().clauses) {
    bool const anywhere = clause.area.empty() && clause.line.empty() && clause.sites.empty();
    bool const there =
        play.placed ? ground.places().where(clause, play.place).has_value() : anywhere;
    if (clause.kind == ClauseKind::kTerm || !there || !acts_against(clause, play)) {
      continue;
    }
    using enum ClauseOutcome;
    TouchedClause touched{.clause = clause.id};
    bool const told =
        std::ranges::any_of(what.reports, [&](auto const* r) { return is_told(clause, *r); });
    if (clause.kind == ClauseKind::kNotice && notice == model::Exemption::kExercise) {
      continue;
    }
    if (truth.observations.empty()) {
      touched.outcome = kUnobserved;
    } else if (!held(ground.scenario(), clause, day, what.named)) {
      touched.outcome = kNotInForce;
    } else if (!told) {
      touched.outcome = kNotTold;
    } else if (notice && lists(clause.exempt, *notice)) {
      touched.outcome = kExempt;
      touched.exempt = notice;
    } else {
      touched.outcome = kAlleged;
    }
    truth.clauses.push_back(touched);
  }
}

/// The reports that place an incident: the exact ones, or all where there are none.
Reports placing(Reports const& reports) {
  constexpr double kPrecise = 1'000;
  Reports exact;
  std::ranges::copy_if(reports, std::back_inserter(exact), [](Observation const* report) {
    return report->precision.count() <= kPrecise && report->kind != EventKind::kAnomaly &&
           report->to - report->from <= std::chrono::hours{6};
  });
  return exact.empty() ? reports : exact;
}

Instant reported_end(Reports const& reports) {
  Instant end = Instant::min();
  for (Observation const* report : placing(reports)) {
    end = std::max(end, report->to);
  }
  return end;
}

/// Takes back what a threshold does not reach, counted over all incidents.
void apply_threshold(Clause const& clause, std::vector<InjectedIncident>& truths,
                     std::vector<Case> const& cases) {
  struct Part {
    Instant at;
    std::int64_t number;
    TouchedClause* touched;
  };
  std::vector<Part> parts;
  for (std::size_t i = 0; i < truths.size(); ++i) {
    for (TouchedClause& touched : truths[i].clauses) {
      if (touched.clause != clause.id || touched.outcome != ClauseOutcome::kAlleged) {
        continue;
      }
      Reports telling;
      std::ranges::copy_if(cases[i].reports, std::back_inserter(telling),
                           [&](auto const* r) { return is_told(clause, *r); });
      auto const sum = countable(telling, *cases[i].play).all();
      parts.push_back({reported_end(cases[i].reports), sum > 0 ? sum : 1, &touched});
    }
  }
  auto const window = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::duration<double, std::ratio<3600>>{clause.window ? clause.window->count() : 24});
  std::vector<bool> enough;
  for (Part const& part : parts) {
    std::int64_t sum = 0;
    for (Part const& other : parts) {
      sum += other.at <= part.at && part.at - other.at < window ? other.number : 0;
    }
    enough.push_back(sum > *clause.threshold);
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!enough[i]) {
      parts[i].touched->outcome = ClauseOutcome::kBelowThreshold;
    }
  }
}

InjectedIncident written(Case const& what, ReplayGround const& ground,
                         ReplayWatchers const& watchers) {
  Play const& play = *what.play;
  InjectedIncident truth;
  truth.id = fmt::format("injected-{:04}", play.number + 1);
  truth.story = play.story;
  truth.kind = play.events.front().kind;
  truth.from = play.from;
  truth.to = play.to;
  if (play.placed) {
    truth.place = play.place;
  }
  truth.sector = play.sector;
  truth.weapon = play.weapon;
  truth.calibre = play.calibre;
  truth.actor = play.actor;
  truth.live_fire = play.live_fire;
  truth.happened = happened(play);
  truth.countable = countable(what.reports, play);
  for (Observation const* report : what.reports) {
    truth.observations.push_back(report->id);
  }
  std::ranges::sort(truth.observations);
  for (Observation const* report : placing(what.reports)) {
    truth.placed_within = std::max(truth.placed_within, report->precision);
  }
  bool const only_heat =
      !what.reports.empty() && std::ranges::all_of(what.reports, [](auto const* r) {
        return r->kind == EventKind::kAnomaly;
      });
  truth.what = only_heat ? model::IncidentClass::kHeat : play.what;
  look(truth, ground, watchers, play);
  judge(truth, what, ground);
  return truth;
}

}  // namespace

std::vector<InjectedIncident> truth_of(ReplayGround const& ground, ReplayWatchers const& watchers,
                                       std::vector<Play> const& plays,
                                       std::vector<Testimony> const& said) {
  std::vector<Case> cases;
  cases.reserve(plays.size());
  for (Play const& play : plays) {
    cases.push_back({.play = &play, .reports = {}, .named = {}});
  }
  for (Testimony const& testimony : said) {
    if (!testimony.taken_back) {
      Case& of = cases[testimony.play];
      of.reports.push_back(&testimony.report);
      if (!testimony.report.actor.empty()) {
        of.named.insert(testimony.report.actor);
      }
    }
  }
  std::vector<InjectedIncident> truths;
  truths.reserve(cases.size());
  for (Case const& what : cases) {
    truths.push_back(written(what, ground, watchers));
  }
  for (Clause const& clause : ground.scenario().clauses) {
    if (clause.threshold) {
      apply_threshold(clause, truths, cases);
    }
  }
  return truths;
}

}  // namespace guarantor::watch
