#include "bench/case_maker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "guarantor/model/nation_code.h"
#include "guarantor/model/validate.h"

namespace guarantor::bench {
namespace {

model::Scenario tiny(Rows rows, std::uint64_t seed) {
  return make_case({.name = "tiny", .size = *preset_size("tiny"), .rows = rows, .seed = seed});
}

TEST(CaseMaker, KnowsItsPresets) {
  ASSERT_TRUE(preset_size("big"));
  EXPECT_EQ(preset_size("big")->pledges, 700);
  EXPECT_FALSE(preset_size("huge"));
}

TEST(CaseMaker, DrawsTheSameCaseFromTheSameSeed) {
  EXPECT_EQ(tiny(Rows::kAll, 5), tiny(Rows::kAll, 5));
  EXPECT_FALSE(tiny(Rows::kAll, 5) == tiny(Rows::kAll, 6));
  EXPECT_FALSE(tiny(Rows::kAll, 5) == tiny(Rows::kPlain, 5));
}

TEST(CaseMaker, MakesValidExercisesOfFictionalNations) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    for (auto const rows : {Rows::kPlain, Rows::kAll}) {
      auto const scenario = tiny(rows, seed);
      for (auto const& finding : model::validate(scenario)) {
        EXPECT_NE(finding.severity, model::Severity::kError) << seed << ": " << finding.message;
      }
      EXPECT_EQ(scenario.header.kind, model::ScenarioKind::kExercise);
      for (auto const& nation : scenario.nations) {
        EXPECT_EQ(model::classify_nation(nation.id.text()), model::NationCode::kFictional);
      }
    }
  }
}

TEST(CaseMaker, KeepsThePlainCasePlain) {
  auto const scenario = tiny(Rows::kPlain, 1);
  EXPECT_TRUE(scenario.ceilings.empty());
  EXPECT_TRUE(scenario.phases.empty());
  EXPECT_TRUE(std::none_of(scenario.requirements.begin(), scenario.requirements.end(),
                           [](auto const& line) { return line.min_fill.has_value(); }));
}

}  // namespace
}  // namespace guarantor::bench
