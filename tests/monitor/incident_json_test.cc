#include "guarantor/monitor/incident_json.h"

#include <gtest/gtest.h>

#include <string>

namespace guarantor::monitor {
namespace {

model::Incident incident() {
  model::Incident made;
  made.id = model::IncidentId{"i-1"};
  made.revision = 3;
  made.cause = model::RevisionCause::kMerged;
  made.others = {model::IncidentId{"i-0"}};
  made.what = model::IncidentClass::kFire;
  made.kind = model::EventKind::kExplosion;
  made.from = *model::parse_instant("2026-06-03T10:00:00Z");
  made.to = *model::parse_instant("2026-06-03T10:40:00Z");
  made.place = model::Position{.longitude = model::Degrees{36.25}, .latitude = model::Degrees{50}};
  made.radius = model::Metres{240.5};
  made.sector = model::SectorId{"front-07"};
  made.observations = {model::ObservationId{"a:1"}, model::ObservationId{"b:1"}};
  made.added = {model::ObservationId{"b:1"}};
  made.observers = {"a", "b"};
  made.actors = {"party-a"};
  made.munitions = {.explosions = 30, .bursts = 2, .shots = 0};
  made.live_fire = {.explosions = 1};
  made.allegations = {{.clause = model::ClauseId{"no-fire"},
                       .evidence = {model::ObservationId{"a:1"}},
                       .distance = model::Kilometres{1.5},
                       .near = "front",
                       .counted = 30},
                      {.clause = model::ClauseId{"notice"},
                       .exempt = model::Exemption::kExercise,
                       .notice = model::ObservationId{"n:1"}}};
  return made;
}

TEST(IncidentJson, ComesBackEqual) {
  auto const kept = parse_incident(to_json(incident()));
  ASSERT_TRUE(kept.ok()) << kept.error().message;
  EXPECT_EQ(kept.value().incident, incident());
  EXPECT_TRUE(kept.value().all_listed());
}

TEST(IncidentJson, LongListsAreLeftOutAndCounted) {
  model::Incident large = incident();
  for (std::size_t i = 0; i < kMostListed; ++i) {
    large.observations.emplace_back("c:" + std::to_string(i));
  }
  auto const kept = parse_incident(to_json(large));
  ASSERT_TRUE(kept.ok());
  EXPECT_FALSE(kept.value().all_listed());
  EXPECT_EQ(kept.value().reports, kMostListed + 2);
  EXPECT_EQ(kept.value().incident.added, large.added);
}

TEST(IncidentJson, AnythingElseIsRefused) {
  for (std::string const text : {"", "{}", "[]", "{\"incident\":1}"}) {
    EXPECT_EQ(parse_incident(text).error().kind, model::ErrorKind::kCheckFailed) << text;
  }
  std::string wrong = to_json(incident());
  wrong.replace(wrong.find("\"merged\""), 8, "\"melted\"");
  EXPECT_NE(parse_incident(wrong).error().message.find("melted"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::monitor
