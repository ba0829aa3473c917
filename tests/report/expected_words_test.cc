#include "guarantor/report/expected_words.h"

#include <gtest/gtest.h>

#include "guarantor/report/plan_report.h"
#include "plan_fixture.h"

namespace guarantor::report {
namespace {

model::ForcePlan drawn() {
  auto plan = sample_plan();
  plan.world.kind = model::WorldKind::kExpected;
  plan.objective = 1234.5;
  plan.expected = model::ExpectedWorlds{.worlds = 200,
                                        .distinct = 57,
                                        .enumerated = false,
                                        .low = 1200.25,
                                        .high = 1268.75,
                                        .not_viable = 0.25,
                                        .reassigned = 4.5,
                                        .reassign_cost = 0.9};
  for (auto& fill : plan.fill) {
    fill.mean_covered = fill.covered / 2;
  }
  return plan;
}

TEST(ExpectedWords, AreOfTheExpectedWorldAlone) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  EXPECT_EQ(over_the_worlds(PlanReading{scenario, plan}), "");
  EXPECT_FALSE(to_csv(scenario, plan).at("fill.csv").find("mean_covered") != std::string::npos);
}

TEST(ExpectedWords, SayWhatWasDrawnAndHowSureItIs) {
  auto const scenario = sample_scenario();
  auto const plan = drawn();
  auto const words = over_the_worlds(PlanReading{scenario, plan});
  for (auto const* part :
       {"200 worlds drawn", "57 of them different", "interval from 1\u202F200.25 to 1\u202F268.75",
        "In 25\u202F% of the worlds", "4.5 unit-months", "cost of 0.9"}) {
    EXPECT_NE(words.find(part), std::string::npos) << part << " in: " << words;
  }
}

TEST(ExpectedWords, LeaveNothingToChanceWhereAllAreEnumerated) {
  auto const scenario = sample_scenario();
  auto plan = drawn();
  plan.expected->enumerated = true;
  plan.expected->worlds = 4;
  plan.expected->reassigned = 0;
  auto const words = over_the_worlds(PlanReading{scenario, plan});
  EXPECT_NE(words.find("all four worlds"), std::string::npos) << words;
  EXPECT_NE(words.find("nobody is moved"), std::string::npos) << words;
  EXPECT_EQ(words.find("interval"), std::string::npos) << words;
}

TEST(ExpectedWords, StandInEveryRendering) {
  auto const scenario = sample_scenario();
  auto const plan = drawn();
  EXPECT_NE(to_table(scenario, plan, {}).find("200 worlds drawn"), std::string::npos);
  EXPECT_NE(to_brief(scenario, plan, std::nullopt).find("200 worlds drawn"), std::string::npos);
  EXPECT_NE(to_csv(scenario, plan).at("fill.csv").find("mean_covered"), std::string::npos);
  EXPECT_TRUE(to_workbook(scenario, plan).ok());
}

TEST(ExpectedWords, PlansReadBackWithTheirWorlds) {
  auto const plan = drawn();
  auto const back = from_json(to_json(sample_scenario(), plan));
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(back.value(), plan);
}

}  // namespace
}  // namespace guarantor::report
