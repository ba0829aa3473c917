#include "guarantor/watch/assessment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace guarantor::watch {
namespace {

using model::Clause;
using model::ClauseKind;
using model::EventKind;
using model::Incident;
using model::Observation;
using model::PartyId;
using model::Standing;
using std::chrono::hours;

model::Date day(unsigned number) {
  return std::chrono::sys_days{std::chrono::year{2026} / std::chrono::June /
                               std::chrono::day{number}};
}

/// A front along the meridian 36 from 49 to 50 north, a plant 14 km east of it, a buffer about its
/// northern end; an agreement that two parties accepted on the 1st.
class AssessmentTest : public testing::Test {
 protected:
  AssessmentTest() {
    model::Area front;
    front.id = model::AreaId{"front"};
    front.kind = model::AreaKind::kLineOfContact;
    front.sector_length = model::Kilometres{40};
    front.parts = {model::Line{{place(36, 49), place(36, 50)}}};
    model::Area buffer;
    buffer.id = model::AreaId{"buffer"};
    buffer.parts = {model::Polygon{{{place(35.9, 49.8), place(36.1, 49.8), place(36.1, 50.0),
                                     place(35.9, 50.0), place(35.9, 49.8)}}}};
    scenario.areas = {front, buffer};
    model::Location plant;
    plant.id = model::LocationId{"plant-1"};
    plant.kind = "plant";
    plant.longitude = model::Degrees{36.2};
    plant.latitude = model::Degrees{49.5};
    scenario.locations = {plant};
    scenario.agreements = {{.id = model::AgreementId{"freeze"}, .from = day(1), .until = day(20)}};
    stand("a", 1, Standing::kAccepted);
    stand("b", 1, Standing::kAccepted);
  }

  static model::Position place(double longitude, double latitude) {
    return {.longitude = model::Degrees{longitude}, .latitude = model::Degrees{latitude}};
  }

  void stand(std::string const& party, unsigned from, Standing standing) {
    scenario.positions.push_back({.agreement = model::AgreementId{"freeze"},
                                  .party = PartyId{party},
                                  .date = day(from),
                                  .standing = standing});
  }

  Clause& clause(std::string const& id, ClauseKind kind, std::vector<EventKind> acts) {
    Clause next;
    next.id = model::ClauseId{id};
    next.agreement = model::AgreementId{"freeze"};
    next.kind = kind;
    next.acts = std::move(acts);
    scenario.clauses.push_back(next);
    return scenario.clauses.back();
  }

  static Observation seen(std::string const& id, EventKind kind, double longitude, double latitude,
                          unsigned on = 5, int hour = 12) {
    Observation report;
    report.id = model::ObservationId{id};
    report.source = "patrol";
    report.kind = kind;
    report.from = model::Instant{day(on)} + hours{hour};
    report.to = report.from + std::chrono::minutes{10};
    report.place = place(longitude, latitude);
    report.precision = model::Metres{100};
    return report;
  }

  static Observation notice(std::string const& category, double longitude, double latitude,
                            double radius) {
    Observation announced = seen("notice-" + category, EventKind::kNotice, longitude, latitude);
    announced.category = category;
    announced.from = model::Instant{day(5)};
    announced.to = model::Instant{day(6)};
    announced.precision = model::Metres{radius};
    return announced;
  }

  /// What is said against an incident of these reports: clauses, `!` before what is exempt.
  std::string said(std::vector<Observation> const& reports,
                   std::vector<Observation> const& notices = {}) {
    auto const assessment = Assessment::from(scenario);
    EXPECT_TRUE(assessment.ok());
    Incident incident;
    incident.id = model::IncidentId{"i"};
    incident.to = reports.front().to;
    ReportedIncident reported{.incident = &incident, .reports = {}};
    for (Observation const& report : reports) {
      reported.reports.push_back(&report);
      if (!report.actor.empty()) {
        incident.actors.push_back(report.actor);
      }
    }
    std::string text;
    for (model::Allegation const& allegation : assessment.value().test(reported, notices)) {
      text += (text.empty() ? "" : " ") + std::string{allegation.exempt ? "!" : ""} +
              allegation.clause.text();
    }
    return text;
  }

  model::Scenario scenario;
};

TEST_F(AssessmentTest, OnlyWhatTheClauseCountsAndOnlyWhereItSays) {
  clause("buffer", ClauseKind::kBuffer, {EventKind::kPresence}).area = model::AreaId{"buffer"};
  EXPECT_EQ(said({seen("1", EventKind::kPresence, 36.05, 49.9)}), "buffer");
  EXPECT_EQ(said({seen("1", EventKind::kPresence, 36.15, 49.9)}), "");
  EXPECT_EQ(said({seen("1", EventKind::kShot, 36.05, 49.9)}), "");
}

TEST_F(AssessmentTest, OutsideItsLifeItIsAnIncidentAndNoAllegation) {
  clause("no-fire", ClauseKind::kNoFire, {EventKind::kExplosion});
  auto const on = [&](unsigned number) {
    return said({seen("1", EventKind::kExplosion, 36, 49.5, number)});
  };
  EXPECT_EQ(on(1), "no-fire");
  EXPECT_EQ(on(19), "no-fire");
  EXPECT_EQ(on(20), "");
  stand("b", 7, Standing::kSuspended);
  stand("b", 10, Standing::kAccepted);
  EXPECT_EQ(on(6), "no-fire");
  EXPECT_EQ(on(7), "");
  EXPECT_EQ(on(9), "");
  EXPECT_EQ(on(10), "no-fire");
  scenario.clauses.front().from = day(12);
  EXPECT_EQ(on(11), "");
  EXPECT_EQ(on(12), "no-fire");
}

TEST_F(AssessmentTest, AProposalBindsNobody) {
  scenario.positions.clear();
  stand("a", 1, Standing::kProposed);
  stand("b", 1, Standing::kAccepted);
  clause("no-fire", ClauseKind::kNoFire, {EventKind::kExplosion});
  EXPECT_EQ(said({seen("1", EventKind::kExplosion, 36, 49.5)}), "");
}

TEST_F(AssessmentTest, WhoeverIsNamedMustBeBound) {
  stand("c", 1, Standing::kRejected);
  clause("no-fire", ClauseKind::kNoFire, {EventKind::kExplosion});
  Observation report = seen("1", EventKind::kExplosion, 36, 49.5);
  report.actor = "c";
  EXPECT_EQ(said({report}), "");
  report.actor = "a";
  EXPECT_EQ(said({report}), "no-fire");
  report.actor = "nobody the agreement knows";
  EXPECT_EQ(said({report}), "no-fire");
  scenario.clauses.front().binds = {PartyId{"b"}};
  report.actor = "a";
  EXPECT_EQ(said({report}), "");
}

TEST_F(AssessmentTest, WithdrawalLinesAreByCalibre) {
  Clause& line = clause("heavy", ClauseKind::kWithdrawalLine, {EventKind::kPresence});
  line.line = model::AreaId{"front"};
  line.within = model::Kilometres{50};
  line.calibre_from = model::Millimetres{100};
  Observation gun = seen("1", EventKind::kPresence, 36.5, 49.5);
  EXPECT_EQ(said({gun}), "") << "a calibre that is not known";
  gun.calibre = model::Millimetres{82};
  EXPECT_EQ(said({gun}), "");
  gun.calibre = model::Millimetres{100};
  EXPECT_EQ(said({gun}), "heavy");
  gun.place = place(36.75, 49.5);
  EXPECT_EQ(said({gun}), "") << "54 km away";
}

TEST_F(AssessmentTest, AFireByItselfIsNoAllegation) {
  Clause& energy = clause("energy", ClauseKind::kEnergy,
                          {EventKind::kStrike, EventKind::kExplosion, EventKind::kAnomaly});
  energy.sites = {"plant"};
  energy.within = model::Kilometres{3};
  EXPECT_EQ(said({seen("1", EventKind::kAnomaly, 36.2, 49.5)}), "");
  EXPECT_EQ(said({seen("1", EventKind::kAnomaly, 36.2, 49.5),
                  seen("2", EventKind::kStrike, 36.21, 49.5)}),
            "energy");
}

TEST_F(AssessmentTest, ItTellsHowNearAndToWhat) {
  Clause& energy = clause("energy", ClauseKind::kEnergy, {EventKind::kStrike});
  energy.sites = {"plant-1"};
  energy.within = model::Kilometres{3};
  Incident incident;
  Observation const strike = seen("1", EventKind::kStrike, 36.22, 49.5);
  auto const found = Assessment::from(scenario).value().test({&incident, {&strike}}, {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].near, "plant-1");
  EXPECT_NEAR(found[0].distance->count(), 1.45, 0.01);
  EXPECT_EQ(found[0].evidence, std::vector{strike.id});
}

TEST_F(AssessmentTest, WhatWasAnnouncedIsExemptWhereAndWhileItWas) {
  clause("no-fire", ClauseKind::kNoFire, {EventKind::kExplosion}).exempt = {
      model::Exemption::kDemining};
  Observation const blast = seen("1", EventKind::kExplosion, 36, 49.5);
  EXPECT_EQ(said({blast}, {notice("demining", 36.01, 49.5, 2000)}), "!no-fire");
  EXPECT_EQ(said({blast}, {notice("demining", 36.1, 49.5, 2000)}), "no-fire") << "elsewhere";
  EXPECT_EQ(said({blast}, {notice("exercise", 36.01, 49.5, 2000)}), "no-fire") << "something else";
  Observation withdrawn = notice("demining", 36.01, 49.5, 2000);
  withdrawn.withdrawn = true;
  EXPECT_EQ(said({blast}, {withdrawn}), "no-fire");
  Observation const next_day = seen("2", EventKind::kExplosion, 36, 49.5, 6);
  EXPECT_EQ(said({next_day}, {notice("demining", 36.01, 49.5, 2000)}), "no-fire");
  EXPECT_EQ(said({blast, next_day}, {notice("demining", 36.01, 49.5, 2000)}), "no-fire")
      << "of two, one was announced";
}

TEST_F(AssessmentTest, ANoticeExemptsWhoeverGaveItInTime) {
  clause("no-fire", ClauseKind::kNoFire, {EventKind::kExplosion}).exempt = {
      model::Exemption::kDemining};
  Observation blast = seen("1", EventKind::kExplosion, 36, 49.5);
  Observation given = notice("demining", 36.01, 49.5, 2000);
  given.reported = model::Instant{day(4)};
  EXPECT_EQ(said({blast}, {given}), "!no-fire");
  given.reported = model::Instant{day(6)};
  EXPECT_EQ(said({blast}, {given}), "no-fire") << "told after the event";
  given.reported.reset();
  given.actor = "a";
  blast.actor = "b";
  EXPECT_EQ(said({blast}, {given}), "no-fire") << "announced by another";
  blast.actor = "a";
  EXPECT_EQ(said({blast}, {given}), "!no-fire");
}

TEST_F(AssessmentTest, WhatMayHaveBeenOnADayOutOfForceIsNotAlleged) {
  clause("no-fire", ClauseKind::kNoFire, {EventKind::kExplosion});
  Observation blast = seen("1", EventKind::kExplosion, 36, 49.5, 19);
  EXPECT_EQ(said({blast}), "no-fire");
  blast.to = model::Instant{day(20)} + hours{3};
  EXPECT_EQ(said({blast}), "");
  blast.to = model::Instant{day(20)};
  EXPECT_EQ(said({blast}), "no-fire") << "midnight is no part of the day after";
  blast.from = blast.to = model::Instant{day(20)};
  EXPECT_EQ(said({blast}), "") << "by itself it is";
}

TEST_F(AssessmentTest, EveryDayOfAReportMustBeOneInForce) {
  clause("no-fire", ClauseKind::kNoFire, {EventKind::kExplosion});
  Observation blast = seen("1", EventKind::kExplosion, 36, 49.5, 5);
  blast.to = model::Instant{day(9)} + hours{3};
  EXPECT_EQ(said({blast}), "no-fire");
  stand("a", 6, Standing::kSuspended);
  stand("a", 8, Standing::kAccepted);
  EXPECT_EQ(said({blast}), "");
}

TEST_F(AssessmentTest, AThresholdSlidesThroughAnIncidentLongerThanItsWindow) {
  Clause& quota = clause("quota", ClauseKind::kNoFire, {EventKind::kShot});
  quota.threshold = 30;
  quota.window = model::Hours{24};
  auto const shots = [&](int pause_minutes) {
    std::vector<Observation> reports;
    for (int i = 0; i < 60; ++i) {
      Observation shot = seen(std::to_string(100 + i), EventKind::kShot, 36, 49.5, 5, 0);
      shot.from = shot.to = shot.from + std::chrono::minutes{i * pause_minutes};
      reports.push_back(shot);
    }
    Incident incident;
    incident.from = reports.front().from;
    incident.to = reports.back().to;
    ReportedIncident reported{.incident = &incident, .reports = {}};
    for (Observation const& report : reports) {
      reported.reports.push_back(&report);
    }
    return Assessment::from(scenario).value().test(reported, {});
  };
  EXPECT_TRUE(shots(55).empty()) << "27 in any 24 hours";
  ASSERT_EQ(shots(40).size(), 1U);
  EXPECT_EQ(shots(40).front().counted, 36);
}

TEST_F(AssessmentTest, LiveFireWithoutNoticeBreaksTheClauseOfNotice) {
  clause("notice", ClauseKind::kNotice, {EventKind::kExplosion});
  Observation fire = seen("1", EventKind::kExplosion, 36, 49.5);
  EXPECT_EQ(said({fire}), "") << "no live fire";
  fire.live_fire = true;
  EXPECT_EQ(said({fire}), "notice");
  EXPECT_EQ(said({fire}, {notice("exercise", 36, 49.5, 3000)}), "");
}

TEST_F(AssessmentTest, AThresholdCountsOverIncidentsInItsWindow) {
  Clause& quota = clause("quota", ClauseKind::kNoFire, {EventKind::kExplosion});
  quota.threshold = 10;
  quota.window = model::Hours{24};
  auto const assessment = Assessment::from(scenario).value();
  std::vector<Observation> reports;
  std::vector<Incident> incidents;
  int hour = 0;
  for (int const number : {6, 4, 1, 3}) {
    Observation report = seen(std::to_string(hour), EventKind::kExplosion, 36, 49.5, 5, hour);
    report.count = number;
    reports.push_back(report);
    Incident incident;
    incident.id = model::IncidentId{"i" + std::to_string(hour)};
    incident.to = report.to;
    incidents.push_back(incident);
    hour += 10;  // 0, 10, 20, 30: the last has the first no longer in its window
  }
  std::vector<ReportedIncident> reported;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    reported.push_back({&incidents[i], {&reports[i]}});
  }
  auto const found = assessment.test_all(reported, {});
  std::vector<std::size_t> alleged;
  for (auto const& said : found) {
    alleged.push_back(said.size());
  }
  EXPECT_EQ(alleged, (std::vector<std::size_t>{0, 0, 1, 0}));
  EXPECT_EQ(found[2].front().counted, 11);
}

TEST_F(AssessmentTest, TheSectorIsTheNearestAndNoneFarAway) {
  auto const assessment = Assessment::from(scenario).value();
  EXPECT_EQ(assessment.places().sector(place(36.1, 49.1)).text(), "front-01");
  EXPECT_EQ(assessment.places().sector(place(36.1, 49.99)).text(), "front-03");
  EXPECT_EQ(assessment.places().sector(place(37.2, 49.5)).text(), "");
}

}  // namespace
}  // namespace guarantor::watch
