#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "guarantor/watch/assessment.h"

/// Which report may speak against a clause, and what counts at one moment.
namespace guarantor::watch {
namespace {

using model::EventKind;
using model::Observation;
using std::chrono::hours;
using std::chrono::minutes;

model::Date const kDay{std::chrono::year{2026} / 6 / 10};
model::Instant const kNoon{std::chrono::sys_days{kDay} + hours{12}};

/// One clause against explosions between two parties, at any place.
model::Scenario scenario(model::Clause clause) {
  model::Scenario made;
  made.agreements.push_back({.id = model::AgreementId{"a"}});
  for (char const* const party : {"one", "two"}) {
    made.positions.push_back({.agreement = model::AgreementId{"a"},
                              .party = model::PartyId{party},
                              .date = kDay,
                              .standing = model::Standing::kAccepted});
  }
  clause.id = model::ClauseId{"c"};
  clause.agreement = model::AgreementId{"a"};
  clause.acts = {EventKind::kExplosion};
  made.clauses.push_back(clause);
  return made;
}

Observation explosion(std::string const& id, model::Instant from, model::Instant to,
                      double precision, std::int64_t count = 1) {
  Observation seen;
  seen.id = model::ObservationId{id};
  seen.source = id;
  seen.kind = EventKind::kExplosion;
  seen.from = from;
  seen.to = to;
  seen.place = model::Position{model::Degrees{37.5}, model::Degrees{48.5}};
  seen.precision = model::Metres{precision};
  seen.count = count;
  return seen;
}

/// An exercise that was announced for an hour.
Observation exercise() {
  Observation notice = explosion("notice", kNoon - minutes{30}, kNoon + minutes{30}, 5'000);
  notice.kind = EventKind::kNotice;
  notice.category = "exercise";
  return notice;
}

std::vector<model::Allegation> said(model::Clause const& clause,
                                    std::vector<Observation> const& reports,
                                    Observation const& placed) {
  auto const assessment = Assessment::from(scenario(clause));
  model::Incident incident;
  incident.id = model::IncidentId{"i"};
  incident.from = placed.from;
  incident.to = placed.to;
  incident.place = placed.place;
  incident.radius = placed.precision;
  ReportedIncident reported{&incident, {}};
  for (Observation const& report : reports) {
    reported.reports.push_back(&report);
  }
  std::vector<Observation> const notices{exercise()};
  return assessment.value().test(reported, notices);
}

Observation patrol() {
  return explosion("patrol", kNoon, kNoon + minutes{5}, 200);
}
Observation newspaper() {
  return explosion("press", model::Instant{kDay}, model::Instant{kDay} + hours{24} - minutes{1},
                   4'000);
}

TEST(AssessmentEvidence, ANewspaperDoesNotUndoANotice) {
  model::Clause clause;
  clause.exempt = {model::Exemption::kExercise};
  auto const allegations = said(clause, {patrol(), newspaper()}, patrol());
  ASSERT_EQ(allegations.size(), 1U);
  EXPECT_EQ(allegations[0].exempt, model::Exemption::kExercise);
  // Alone it cannot tell that it was anything else.
  EXPECT_EQ(said(clause, {newspaper()}, newspaper()).at(0).exempt, model::Exemption::kExercise);
}

TEST(AssessmentEvidence, WhatIsExactlyAtAnotherHourIsAlleged) {
  model::Clause clause;
  clause.exempt = {model::Exemption::kExercise};
  Observation const later = explosion("patrol", kNoon + hours{2}, kNoon + hours{2}, 200);
  auto const allegations = said(clause, {later, newspaper()}, later);
  ASSERT_EQ(allegations.size(), 1U);
  EXPECT_FALSE(allegations[0].exempt);
  EXPECT_EQ(allegations[0].evidence.size(), 2U);
}

TEST(AssessmentEvidence, WhatEndsAtOneMomentCountsTogetherWhateverTheNames) {
  model::Clause clause;
  clause.threshold = 20;
  auto const assessment = Assessment::from(scenario(clause));
  Observation const one = explosion("one", kNoon, kNoon, 200, 13);
  Observation const two = explosion("two", kNoon, kNoon, 200, 13);
  for (bool const swapped : {false, true}) {
    std::vector<model::Incident> incidents(2);
    incidents[swapped ? 1 : 0].id = model::IncidentId{"i-a"};
    incidents[swapped ? 0 : 1].id = model::IncidentId{"i-b"};
    incidents[0].from = incidents[0].to = incidents[1].from = incidents[1].to = kNoon;
    std::vector<ReportedIncident> const reported{{incidents.data(), {&one}},
                                                 {&incidents[1], {&two}}};
    auto const allegations = assessment.value().test_all(reported, {});
    ASSERT_EQ(allegations[0].size(), 1U);
    ASSERT_EQ(allegations[1].size(), 1U);
    EXPECT_EQ(allegations[0][0].counted, 26);
    EXPECT_EQ(allegations[1][0].counted, 26);
  }
}

}  // namespace
}  // namespace guarantor::watch
