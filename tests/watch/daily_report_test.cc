#include "guarantor/watch/daily_report.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "drawn_front.h"
#include "drawn_reports.h"

namespace guarantor::watch {
namespace {

using model::CaseState;
using model::Incident;
using model::Observation;
using model::WatchReport;

model::Date march(int day) {
  return *model::parse_date(fmt::format("2026-03-{:02}", day));
}

/// Reports drawn into incidents: each paragraph is one, headed by `name sector [clause...]`; a
/// clause in brackets is exempt.
///
///     a front-01 no-fire (heavy)
///     A 10:00 1 impact
struct Drawn {
  std::vector<Observation> reports;
  std::vector<Incident> incidents;
};

void add_allegation(Incident& incident, std::string word) {
  bool const exempt = word.starts_with("(");
  if (exempt) {
    word = word.substr(1, word.size() - 2);
  }
  model::Allegation allegation{.clause = model::ClauseId{word}, .evidence = incident.observations};
  if (exempt) {
    allegation.exempt = model::Exemption::kExercise;
  }
  incident.allegations.push_back(allegation);
}

void add_incident(Drawn& out, std::string const& head, std::string const& lines) {
  std::istringstream in{head};
  std::string name;
  std::string sector;
  in >> name >> sector;
  Incident incident{.id = model::IncidentId{name}, .revision = 1};
  incident.sector = model::SectorId{sector == "-" ? "" : sector};
  auto reports = drawn(lines);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    reports[i].id = model::ObservationId{fmt::format("{}:{}", name, i)};
    incident.observations.push_back(reports[i].id);
    incident.from = i == 0 ? reports[i].from : std::min(incident.from, reports[i].from);
    incident.to = i == 0 ? reports[i].to : std::max(incident.to, reports[i].to);
  }
  incident.kind = reports.front().kind;
  incident.what = *model::incident_class(incident.kind);
  auto const whole = count(reports);
  incident.munitions = whole.munitions;
  incident.live_fire = whole.live_fire;
  for (std::string word; in >> word;) {
    add_allegation(incident, word);
  }
  out.reports.insert(out.reports.end(), reports.begin(), reports.end());
  out.incidents.push_back(incident);
}

Drawn drawn_incidents(std::string const& text) {
  Drawn out;
  std::istringstream in{text};
  std::string head;
  std::string lines;
  for (std::string line; std::getline(in, line);) {
    auto const begin = line.find_first_not_of(' ');
    if (begin == std::string::npos) {
      if (!head.empty()) {
        add_incident(out, head, lines);
      }
      head.clear();
      lines.clear();
    } else if (head.empty()) {
      head = line;
    } else {
      lines += line + "\n";
    }
  }
  if (!head.empty()) {
    add_incident(out, head, lines);
  }
  return out;
}

/// What is not the sectors' own: one line a sector and day, `-` far from all, only what is counted
/// or watched.
std::string rows(WatchReport const& report) {
  std::string out;
  for (auto const& row : report.sector_days) {
    auto const& tally = row.tally;
    out += fmt::format("{} {}: {} incidents", row.sector.empty() ? "-" : row.sector.text(),
                       model::print(row.day).substr(8), print(tally.incidents));
    auto const say = [&](char const* what, model::WatchedCount const& number) {
      if (number.number().value_or(0) != 0) {
        out += fmt::format(", {} {}", print(number), what);
      }
    };
    say("explosions", tally.explosions);
    say("bursts", tally.bursts);
    say("shots", tally.shots);
    say("live", tally.live_fire);
    say("alleged", tally.alleged);
    if (tally.exempt > 0) {
      out += fmt::format(", {} exempt", tally.exempt);
    }
    if (tally.restrictions > 0) {
      out += fmt::format(", {} restrictions", tally.restrictions);
    }
    if (tally.jammings > 0) {
      out += fmt::format(", {} jammings", tally.jammings);
    }
    out += "\n";
  }
  return out;
}

/// The row of the sector on the first day.
std::string row_of(WatchReport const& report, std::string const& sector) {
  auto const all = rows(report);
  auto const begin = all.find(sector + " ");
  return begin == std::string::npos ? "" : all.substr(begin, all.find('\n', begin) - begin);
}

model::Scenario front(std::string const& sensors) {
  auto scenario = drawn_front(sensors);
  scenario.agreements = {{.id = model::AgreementId{"truce"}, .from = march(1)}};
  accept(scenario, "truce", march(1));
  scenario.clauses = {{.id = model::ClauseId{"no-fire"},
                       .agreement = model::AgreementId{"truce"},
                       .title = "No fire",
                       .text = "The parties cease fire.",
                       .acts = {model::EventKind::kExplosion, model::EventKind::kShot},
                       .line = model::AreaId{"front"},
                       .within = model::Kilometres{15}},
                      {.id = model::ClauseId{"heavy"},
                       .agreement = model::AgreementId{"truce"},
                       .title = "No heavy weapons",
                       .text = "None above 100 mm.",
                       .sites = {"power-plant"}},
                      {.id = model::ClauseId{"later"},
                       .agreement = model::AgreementId{"truce"},
                       .title = "From April on",
                       .from = *model::parse_date("2026-04-01")}};
  return scenario;
}

struct Made {
  WatchReport report;
  Drawn drawn_of;
};

Made made(std::string const& sensors, std::string const& incidents,
          DailyReportRequest request = {.days = {march(10), march(11)}},
          std::string const& records = "") {
  Made out{.drawn_of = drawn_incidents(incidents)};
  auto reports = drawn(records);
  for (auto& report : reports) {
    report.id = model::ObservationId{"record:" + report.id.text()};
  }
  reports.insert(reports.end(), out.drawn_of.reports.begin(), out.drawn_of.reports.end());
  auto result = daily_report(front(sensors), out.drawn_of.incidents, reports, request);
  EXPECT_TRUE(result);
  out.report = result.value();
  return out;
}

constexpr char const* kAll = "mast mast front-01 front-02 front-03 front-04 standing";

TEST(DailyReport, SaysNotWatchedAndNeverNone) {
  EXPECT_EQ(rows(made("cam camera front-01 standing\nuav drone", "", {{march(10), march(11)}},
                      "uav 10:00-16:00 watch front-02")
                     .report),
            "front-01 10: 0 incidents\n"
            "front-02 10: 0 (watched 6 of 24 h) incidents\n"
            "front-03 10: not watched incidents\n"
            "front-04 10: not watched incidents\n");
}

TEST(DailyReport, WhatIsSeenUnwatchedCountsAndSaysSo) {
  EXPECT_EQ(row_of(made("", "a front-03\npress 10:00 4 impact").report, "front-03"),
            "front-03 10: 1 (not watched) incidents, 4 (not watched) explosions");
}

TEST(DailyReport, OneEventSeenByThreePatrolsCountsOnce) {
  auto const made_of = made(kAll, R"(
    a front-01 no-fire
    A 10:00-10:02 1 impact
    B 10:01-10:03 1 impact
    C 10:01-10:04 1 undetermined)");
  EXPECT_EQ(row_of(made_of.report, "front-01"),
            "front-01 10: 1 incidents, 1 explosions, 1 alleged");
}

TEST(DailyReport, ThirtyDischargesAreOneIncident) {
  auto const made_of = made(kAll, "a front-01\ncam 10:00-11:00 30 outgoing");
  EXPECT_EQ(print(made_of.report.now.explosions), "30");
  EXPECT_EQ(print(made_of.report.now.incidents), "1");
}

TEST(DailyReport, LiveFireIsInsideTheTotalAndApart) {
  auto const made_of =
      made(kAll, "a front-01 (no-fire)\nA 10:00 40 outgoing live\nA 10:10 2 impact");
  EXPECT_EQ(row_of(made_of.report, "front-01"),
            "front-01 10: 1 incidents, 42 explosions, 40 live, 1 exempt");
  EXPECT_EQ(made_of.report.clauses[0].now.exempt, 1);
  EXPECT_EQ(print(made_of.report.clauses[0].now.alleged), "0");
}

TEST(DailyReport, MunitionsStandOnTheirOwnDayAndAddUp) {
  auto const made_of = made(kAll, R"(
    a front-01
    A 22:00-22:30 7 burst
    A 1T0:10      5 burst
    B 23:58-1T0:02 1 shot
    A 1T0:01       1 shot)",
                            {{march(10), march(12)}});
  auto const& days = made_of.report.sector_days;
  EXPECT_EQ(print(days[0].tally.bursts), "7");
  EXPECT_EQ(print(days[1].tally.bursts), "5");
  EXPECT_EQ(print(days[0].tally.shots), "1") << "the first report of it was of the 10th";
  EXPECT_EQ(print(days[1].tally.shots), "0");
  EXPECT_EQ(print(days[0].tally.incidents), "1");
  EXPECT_EQ(print(days[1].tally.incidents), "0");
  EXPECT_EQ(print(made_of.report.now.bursts), "12");
}

TEST(DailyReport, AnIncidentThatBeganBeforeIsListedWithWhatItDoesInThePeriod) {
  auto const made_of =
      made(kAll, "a front-01\nA 22:00 7 burst\nA 1T0:10 5 burst", {{march(11), march(12)}});
  ASSERT_EQ(made_of.report.incidents.size(), 1U);
  EXPECT_EQ(made_of.report.incidents[0].munitions.bursts, 5);
  EXPECT_EQ(print(made_of.report.now.incidents), "0");
  EXPECT_EQ(print(made_of.report.before.incidents), "1");
  EXPECT_EQ(print(made_of.report.before.bursts), "7");
}

TEST(DailyReport, ComparesWithAsManyDaysBefore) {
  auto const made_of = made(kAll, R"(
    a front-01
    A 0T10:00 1 impact

    b front-02
    A 2T10:00 3 impact

    c front-02
    A 4T10:00 3 impact)",
                            {{march(12), march(14)}});
  EXPECT_EQ(print(made_of.report.now.incidents), "1");
  EXPECT_EQ(print(made_of.report.before.incidents), "1");
  EXPECT_EQ(print(made_of.report.sectors[0].before.explosions), "1");
  EXPECT_EQ(print(made_of.report.sectors[1].now.explosions), "3");
  EXPECT_EQ(made_of.report.id, "watch-2026-03-12--2026-03-13");
  ASSERT_EQ(made_of.report.incidents.size(), 1U);
}

TEST(DailyReport, ANightWithoutTheCameraAndAJammedDrone) {
  auto const report =
      made("cam camera front-01 standing hours=6-20\nuav drone front-01 jammable", R"(
    j front-01
    uav 21:00-22:00 jamming front-01)",
           {{march(10), march(11)}}, "uav 20:00-23:00 watch front-01")
          .report;
  EXPECT_EQ(row_of(report, "front-01"),
            "front-01 10: 1 (watched 16 of 24 h) incidents, 1 jammings");
  ASSERT_EQ(report.sector_days[0].why_not.size(), 2U);
  EXPECT_EQ(report.sector_days[0].why_not[0].reason, model::BlindReason::kHours);
  EXPECT_EQ(report.sector_days[0].why_not[0].time, std::chrono::hours{8});
  EXPECT_EQ(report.sector_days[0].why_not[1].reason, model::BlindReason::kJamming);
}

TEST(DailyReport, AccessDeniedIsListedAndCountsByTheEvent) {
  auto const report = made("", R"(
    r front-02
    patrol-7 9:00-9:40 restriction front-02
    patrol-8 9:30-9:50 restriction front-02
    patrol-7 12:00-12:10 restriction front-02)")
                          .report;
  EXPECT_EQ(row_of(report, "front-02"), "front-02 10: 1 (not watched) incidents, 2 restrictions");
  ASSERT_EQ(report.restrictions.size(), 3U);
  EXPECT_EQ(report.restrictions[1].observer, "patrol-8");
}

TEST(DailyReport, AnIncidentFarFromAllIsNotLost) {
  auto const report =
      made(kAll, "a -\nA 10:00 1 impact at 0,900\n\nb coast-07\nA 11:00 1 shot").report;
  EXPECT_EQ(row_of(report, "-"),
            "- 10: 2 (not watched) incidents, 1 (not watched) explosions, 1 (not watched) shots");
  EXPECT_EQ(print(report.now.incidents), "2") << "the hours are those of the sectors";
}

TEST(DailyReport, AShotIsNotWatchedByARadar) {
  auto const report = made("radar radar front-01 standing acts=drone,aircraft", "").report;
  auto const& tally = report.sector_days[0].tally;
  EXPECT_EQ(print(tally.incidents), "0");
  EXPECT_EQ(print(tally.explosions), "not watched");
  EXPECT_EQ(print(tally.live_fire), "not watched");
  EXPECT_EQ(print(report.clauses[0].now.alleged), "not watched");
}

TEST(DailyReport, StatesAreWhatPeopleSaid) {
  DailyReportRequest request{.days = {march(10), march(11)}};
  request.states = {{model::IncidentId{"a"}, CaseState::kVerified},
                    {model::IncidentId{"c"}, CaseState::kUnverifiable}};
  auto const report = made(kAll, R"(
    a front-01 no-fire
    A 10:00 1 impact

    b front-01 no-fire
    A 12:00 1 impact

    c front-01 no-fire
    A 14:00 1 impact

    d front-01
    A 16:00 drone)",
                           request)
                          .report;
  auto const state = [&](CaseState which) {
    return print(report.now.states.at(static_cast<std::size_t>(which)));
  };
  EXPECT_EQ(state(CaseState::kVerified), "1");
  EXPECT_EQ(state(CaseState::kAlleged), "1");
  EXPECT_EQ(state(CaseState::kUnverifiable), "1");
  EXPECT_EQ(state(CaseState::kObserved), "1");
  EXPECT_EQ(state(CaseState::kClosed), "0");
  EXPECT_EQ(print(report.now.alleged), "3");
  EXPECT_EQ(print(report.clauses[0].now.alleged), "3");
}

TEST(DailyReport, ClausesStandBySectorAndDayWithTheirText) {
  auto const report = made("cam camera front-01 standing hours=6-12", R"(
    a front-01 no-fire
    A 10:00 2 impact
    A 10:10 1 shot

    b front-02 heavy
    A 12:00 1 impact)")
                          .report;
  ASSERT_EQ(report.clauses.size(), 2U) << "the third does not run yet";
  EXPECT_EQ(report.clauses[0].text, "The parties cease fire.");
  EXPECT_EQ(print(report.clauses[0].now.alleged), "1 (watched 6 of 96 h)");
  EXPECT_EQ(print(report.clauses[0].now.munitions), "3 (watched 6 of 96 h)");
  EXPECT_EQ(print(report.clauses[1].now.alleged), "1 (not watched)");
  std::string days;
  for (auto const& row : report.clause_days) {
    days +=
        fmt::format("{} {}: {}\n", row.clause.text(), row.sector.text(), print(row.tally.alleged));
  }
  EXPECT_EQ(days,
            "no-fire front-01: 1 (watched 6 of 24 h)\n"
            "no-fire front-02: not watched\n"
            "no-fire front-03: not watched\n"
            "no-fire front-04: not watched\n"
            "heavy front-02: 1 (not watched)\n");
}

TEST(DailyReport, OfSeveralRevisionsTheLastCounts) {
  auto drawn_of = drawn_incidents("a front-01\nA 10:00 1 impact\n\nb front-01\nA 10:30 1 impact");
  auto later = drawn_of.incidents[0];
  later.revision = 2;
  later.sector = model::SectorId{"front-02"};
  auto gone = drawn_of.incidents[1];
  gone.revision = 2;
  gone.cause = model::RevisionCause::kAbsorbed;
  drawn_of.incidents.insert(drawn_of.incidents.begin(), {later, gone});
  auto const report = daily_report(front(kAll), drawn_of.incidents, drawn_of.reports,
                                   {.days = {march(10), march(11)}})
                          .value();
  EXPECT_EQ(print(report.sectors[0].now.incidents), "0");
  EXPECT_EQ(print(report.sectors[1].now.incidents), "1");
  ASSERT_EQ(report.incidents.size(), 1U);
  EXPECT_EQ(report.incidents[0].incident.revision, 2);
}

TEST(DailyReport, WithoutItsReportsAnIncidentsOwnCountStands) {
  auto const drawn_of = drawn_incidents("a front-01\nA 10:00 5 impact");
  auto const report =
      daily_report(front(kAll), drawn_of.incidents, {}, {.days = {march(10), march(11)}}).value();
  EXPECT_EQ(print(report.now.explosions), "5");
}

TEST(DailyReport, CorrectsWhatWasPublished) {
  auto drawn_of = drawn_incidents(R"(
    a front-01 no-fire
    A 10:00 5 impact

    b front-01
    A 12:00 1 impact

    c front-01
    A 13:00 1 impact)");
  DailyReportRequest request{.days = {march(10), march(11)}};
  auto const scenario = front(kAll);
  auto const first = daily_report(scenario, drawn_of.incidents, drawn_of.reports, request).value();
  EXPECT_EQ(first.revision, 1);

  request.published = first;
  auto const again = daily_report(scenario, drawn_of.incidents, drawn_of.reports, request).value();
  EXPECT_EQ(again.revision, 1) << "nothing is different";
  EXPECT_TRUE(again.corrections.empty());

  drawn_of.reports[0].count = 7;
  drawn_of.incidents[0].revision = 2;
  drawn_of.incidents[0].cause = model::RevisionCause::kCorrected;
  drawn_of.incidents[1].revision = 2;
  drawn_of.incidents[1].cause = model::RevisionCause::kAbsorbed;
  drawn_of.incidents[1].others = {drawn_of.incidents[0].id};
  auto const late = drawn_incidents("d front-02\nB 20:00 1 burst");
  drawn_of.incidents.push_back(late.incidents[0]);
  drawn_of.reports.push_back(late.reports[0]);
  request.states[drawn_of.incidents[2].id] = CaseState::kClosed;
  auto const second = daily_report(scenario, drawn_of.incidents, drawn_of.reports, request).value();
  EXPECT_EQ(second.revision, 2);
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.corrects, first.id);
  EXPECT_EQ(second.corrects_revision, 1);
  ASSERT_EQ(second.corrections.size(), 4U);
  EXPECT_EQ(second.corrections[0].munitions_before.explosions, 5);
  EXPECT_EQ(second.corrections[0].munitions_now.explosions, 7);
  EXPECT_EQ(second.corrections[0].revision_before, 1);
  EXPECT_EQ(second.corrections[0].revision_now, 2);
  EXPECT_EQ(second.corrections[1].cause, model::RevisionCause::kAbsorbed);
  EXPECT_EQ(second.corrections[1].state_now, std::nullopt);
  EXPECT_EQ(second.corrections[2].state_now, CaseState::kClosed);
  EXPECT_EQ(second.corrections[3].revision_before, std::nullopt) << "it came late";

  request = {.days = {march(11), march(12)}, .published = first};
  auto const next = daily_report(scenario, drawn_of.incidents, drawn_of.reports, request).value();
  EXPECT_EQ(next.revision, 1) << "of another day";
  EXPECT_EQ(next.corrections.size(), 3U);
}

TEST(DailyReport, NeedsADay) {
  auto const result = daily_report(front(""), {}, {}, {.days = {march(10), march(10)}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "no day from 2026-03-10 until before 2026-03-10");
}

RC_GTEST_PROP(DailyReport, AddsUpInAnyOrder, ()) {
  std::string text;
  auto const size = *rc::gen::inRange(0, 8);
  for (int i = 0; i < size; ++i) {
    text +=
        fmt::format("i{} {} {}\n", i, *rc::gen::element<std::string>("front-01", "front-03", "-"),
                    *rc::gen::element<std::string>("no-fire", "(no-fire)", ""));
    auto const reports = *rc::gen::inRange(1, 4);
    for (int r = 0; r < reports; ++r) {
      text +=
          fmt::format("{} {}T{}:00 {} {}\n", *rc::gen::element<std::string>("A", "B"),
                      *rc::gen::inRange(0, 4), *rc::gen::inRange(0, 24), *rc::gen::inRange(0, 5),
                      *rc::gen::element<std::string>("impact", "shot", "drone", "burst live"));
    }
    text += "\n";
  }
  auto drawn_of = drawn_incidents(text);
  auto const scenario = front("cam camera front-01 standing hours=6-20");
  DailyReportRequest const request{.days = {march(10), march(14)}};
  auto const report = daily_report(scenario, drawn_of.incidents, drawn_of.reports, request).value();
  std::int64_t munitions = 0;
  for (auto const& incident : drawn_of.incidents) {
    munitions += incident.munitions.all();
  }
  model::WatchTally sum;
  for (auto const& row : report.sector_days) {
    sum += row.tally;
  }
  RC_ASSERT(sum == report.now);
  RC_ASSERT(report.now.incidents.number().value_or(0) == size);
  RC_ASSERT(report.now.explosions.number().value_or(0) + report.now.bursts.number().value_or(0) +
                report.now.shots.number().value_or(0) ==
            munitions);
  std::mt19937 random{*rc::gen::arbitrary<unsigned>()};
  std::shuffle(drawn_of.reports.begin(), drawn_of.reports.end(), random);
  std::shuffle(drawn_of.incidents.begin(), drawn_of.incidents.end(), random);
  RC_ASSERT(daily_report(scenario, drawn_of.incidents, drawn_of.reports, request).value() ==
            report);
}

}  // namespace
}  // namespace guarantor::watch
