#include "guarantor/watch/warnings.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guarantor::watch {
namespace {

using model::EventKind;
using model::Observation;

model::Date const kDay = std::chrono::sys_days{std::chrono::year{2026} / 6 / 10};

Observation sign(std::string const& id, EventKind kind, std::string category, int day) {
  Observation seen;
  seen.id = model::ObservationId{id};
  seen.kind = kind;
  seen.category = std::move(category);
  seen.from = seen.to = model::Instant{kDay + std::chrono::days{day}} + std::chrono::hours{6};
  return seen;
}

/// Two field hospitals weigh .6, a bridge .4, radio silence .5.
model::Scenario indicators() {
  model::Scenario scenario;
  auto const add = [&](char const* id, EventKind act, char const* category, double weight) {
    model::Indicator next;
    next.id = model::IndicatorId{id};
    next.warning = "build-up";
    next.acts = {act};
    next.categories = {category};
    next.weight = weight;
    scenario.indicators.push_back(next);
  };
  add("hospitals", EventKind::kPreparation, "field-hospital", 0.6);
  scenario.indicators.back().at_least = 2;
  add("bridge", EventKind::kPreparation, "bridge", 0.4);
  add("silence", EventKind::kInformation, "radio-silence", 0.5);
  scenario.indicators.back().window = model::Days{1};
  return scenario;
}

std::vector<Warning> given(std::vector<Observation> const& seen, int days = 1) {
  model::Scenario const scenario = indicators();
  auto const places = WatchedPlaces::from(scenario);
  return warnings_of(scenario, places.value(), seen, {kDay, kDay + std::chrono::days{days}});
}

TEST(Warnings, OneSignIsNone) {
  EXPECT_TRUE(given({sign("1", EventKind::kPreparation, "field-hospital", 0)}).empty());
  EXPECT_TRUE(given({sign("1", EventKind::kPreparation, "field-hospital", 0),
                     sign("2", EventKind::kPreparation, "field-hospital", 0)})
                  .empty());
}

TEST(Warnings, SeveralTogetherAreOneWithTheirReasons) {
  auto const warnings = given({sign("1", EventKind::kPreparation, "field-hospital", -3),
                               sign("2", EventKind::kPreparation, "field-hospital", -6),
                               sign("3", EventKind::kPreparation, "bridge", 0)});
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].reasons.size(), 2U);
  EXPECT_EQ(warnings[0].reasons[0], "hospitals: 2 in 7 days");
  EXPECT_EQ(warnings[0].evidence.size(), 3U);
  EXPECT_NEAR(warnings[0].weight, 1, 1e-9);
}

TEST(Warnings, SignsGrowOldAndAreWithdrawn) {
  EXPECT_TRUE(given({sign("1", EventKind::kPreparation, "field-hospital", -8),
                     sign("2", EventKind::kPreparation, "field-hospital", 0),
                     sign("3", EventKind::kPreparation, "bridge", 0)})
                  .empty());
  Observation back = sign("2", EventKind::kPreparation, "field-hospital", 0);
  back.withdrawn = true;
  back.reported = model::Instant{kDay};
  EXPECT_TRUE(given({sign("1", EventKind::kPreparation, "field-hospital", 0),
                     sign("2", EventKind::kPreparation, "field-hospital", 0), back,
                     sign("3", EventKind::kPreparation, "bridge", 0)})
                  .empty());
}

TEST(Warnings, AWarningStandsOnTheFirstDayItHolds) {
  auto const warnings = given({sign("1", EventKind::kPreparation, "field-hospital", 1),
                               sign("2", EventKind::kPreparation, "field-hospital", 1),
                               sign("3", EventKind::kInformation, "radio-silence", 1)},
                              4);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(std::chrono::floor<std::chrono::days>(warnings[0].at), kDay + std::chrono::days{1});
}

TEST(Warnings, OneEventSeenByThreeIsOneSign) {
  model::Scenario scenario;
  model::Indicator columns;
  columns.id = model::IndicatorId{"columns"};
  columns.warning = "build-up";
  columns.acts = {EventKind::kPresence};
  columns.at_least = 3;
  scenario.indicators = {columns};
  auto const places = WatchedPlaces::from(scenario);
  std::vector<Observation> seen;
  for (char const* patrol : {"p1", "p2", "p3"}) {
    seen.push_back(sign(patrol, EventKind::kPresence, "column", 0));
    seen.back().observer = patrol;
  }
  model::Interval<model::Date> const day{kDay, kDay + std::chrono::days{1}};
  EXPECT_TRUE(warnings_of(scenario, places.value(), seen, day).empty());
  for (int next = 1; next <= 2; ++next) {
    seen.push_back(sign("again" + std::to_string(next), EventKind::kPresence, "column", 0));
    seen.back().from = seen.back().to = seen.back().from + std::chrono::hours{next};
  }
  EXPECT_EQ(warnings_of(scenario, places.value(), seen, day).size(), 1U);
}

}  // namespace
}  // namespace guarantor::watch
