#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "guarantor/geo/demand_points.h"
#include "guarantor/geo/line_sectors.h"
#include "guarantor/tables/scenario_folder.h"

/// The lines of the scenarios that ship.
namespace guarantor::geo {
namespace {

class ScenarioLines : public testing::TestWithParam<char const*> {
 protected:
  void SetUp() override {
    auto loaded = tables::load(std::string{"scenarios/"} + GetParam());
    ASSERT_TRUE(loaded.scenario);
    scenario_ = *std::move(loaded.scenario);
  }

  model::Scenario scenario_;
};

TEST_P(ScenarioLines, AreCutIntoSectorsOf25KilometresThatAddUp) {
  constexpr double kLongest = 25'000;
  constexpr double kMillimetre = 1e-3;
  auto const lines = sectors_of(scenario_).value();
  EXPECT_GE(lines.size(), 4U);
  for (LineSectors const& line : lines) {
    model::Area const* area = nullptr;
    for (model::Area const& candidate : scenario_.areas) {
      area = candidate.id == line.line ? &candidate : area;
    }
    ASSERT_NE(area, nullptr);
    Metres const whole = length(std::get<model::Line>(area->parts.front()));
    Metres sum;
    model::Position end = std::get<model::Line>(area->parts.front()).positions.front();
    for (Sector const& sector : line.sectors) {
      EXPECT_EQ(sector.start, end) << sector.id;
      EXPECT_LE(length(sector.line).count(), kLongest + kMillimetre) << sector.id;
      sum += length(sector.line);
      end = sector.end;
    }
    EXPECT_NEAR(sum.count(), whole.count(), kMillimetre) << line.line.text();
    EXPECT_EQ(end, std::get<model::Line>(area->parts.front()).positions.back());
  }
}

TEST_P(ScenarioLines, EveryDemandHasItsPoints) {
  auto const points = demand_points(scenario_);
  ASSERT_TRUE(points.ok()) << points.error().message;
  EXPECT_GT(points.value().size(), 100U);
}

TEST_P(ScenarioLines, ThePlantInOtherHandsIsNoDemand) {
  auto const contact = ContactLine::of(scenario_).value();
  for (model::Location const& location : scenario_.locations) {
    if (location.id.text() == "zaporizhzhia-npp") {
      EXPECT_FALSE(location.controlled_by.empty());
      EXPECT_EQ(location.country, "UKR");
      EXPECT_LT(contact.distance({*location.longitude, *location.latitude})->count(), 40'000);
    }
  }
  for (model::Demand const& demand : scenario_.demands) {
    EXPECT_NE(demand.location.text(), "zaporizhzhia-npp");
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, ScenarioLines, testing::Values("ukraine", "exercise"),
                         [](auto const& scenario) { return std::string{scenario.param}; });

TEST(UkraineLines, TheLineOfContactIsAsLongAsItIsSaidToBe) {
  auto const loaded = tables::load("scenarios/ukraine");
  ASSERT_TRUE(loaded.scenario);
  for (model::Area const& area : loaded.scenario->areas) {
    if (area.kind == model::AreaKind::kLineOfContact) {
      double const kilometres = length(std::get<model::Line>(area.parts.front())).count() / 1000;
      EXPECT_GT(kilometres, 1000);
      EXPECT_LT(kilometres, 1150);
    }
  }
}

}  // namespace
}  // namespace guarantor::geo
