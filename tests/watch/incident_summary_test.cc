#include "guarantor/watch/incident_summary.h"

#include <gtest/gtest.h>

#include <vector>

namespace guarantor::watch {
namespace {

using model::Observation;

Observation report(double north, double precision) {
  Observation seen;
  seen.kind = model::EventKind::kExplosion;
  seen.place = model::Position{.longitude = model::Degrees{36.2},
                               .latitude = model::Degrees{50.0 + north / 111'200}};
  seen.precision = model::Metres{precision};
  return seen;
}

double radius(std::vector<Observation> const& reports) {
  std::vector<Observation const*> core;
  for (Observation const& one : reports) {
    core.push_back(&one);
  }
  return summary(core, core).radius.count();
}

TEST(IncidentSummary, IsNoBetterPlacedThanItsMostExactReport) {
  EXPECT_EQ(radius({report(0, 200)}), 200);
  EXPECT_EQ(radius({report(0, 200), report(0, 200)}), 200);
  EXPECT_EQ(radius({report(0, 200), report(1, 80), report(2, 300)}), 80);
}

TEST(IncidentSummary, ReachesAsFarAsItsReports) {
  EXPECT_NEAR(radius({report(0, 200), report(1'000, 200)}), 500, 5);
}

TEST(IncidentSummary, AReportWithoutAPlaceSaysNothingOfHowFar) {
  auto nowhere = report(0, 1);
  nowhere.place.reset();
  EXPECT_EQ(radius({report(0, 200), nowhere}), 200);
  EXPECT_EQ(radius({nowhere}), 0);
}

}  // namespace
}  // namespace guarantor::watch
