#include <gtest/gtest.h>

#include <algorithm>

#include "guarantor/report/plan_report.h"
#include "plan_fixture.h"

namespace guarantor::report {
namespace {

TEST(PlanCsv, HasAFileATable) {
  auto const files = to_csv(sample_scenario(), sample_plan());
  std::vector<std::string> names;
  for (auto const& [name, text] : files) {
    names.push_back(name);
    EXPECT_TRUE(text.ends_with("\n")) << name;
    EXPECT_EQ(text.find('\r'), std::string::npos) << name;
  }
  EXPECT_EQ(names, (std::vector<std::string>{"asks.csv", "assignments.csv", "comparisons.csv",
                                             "fill.csv", "gaps.csv", "not_stated.csv"}));
}

TEST(PlanCsv, QuotesByRfc4180) {
  auto scenario = unstated_scenario();
  scenario.requirements[0].title = "a \"b\", c";
  auto const files = to_csv(scenario, empty_plan());
  EXPECT_NE(files.at("fill.csv").find("\nhq,\"a \"\"b\"\", c\",1,0,2026-06-01,1,0,0\n"),
            std::string::npos);
}

TEST(PlanCsv, EveryRowOfAnExerciseBearsTheMark) {
  for (auto const& [name, text] : to_csv(sample_scenario(), sample_plan())) {
    auto const lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    std::size_t marked = text.starts_with("EXERCISE · FOR PLANNERS,") ? 1 : 0;
    for (auto at = text.find("\nEXERCISE · FOR PLANNERS,"); at != std::string::npos;
         at = text.find("\nEXERCISE · FOR PLANNERS,", at + 1)) {
      ++marked;
    }
    EXPECT_EQ(marked, lines) << name;
  }
}

TEST(PlanCsv, ACaseWithoutMarkHasNoSuchColumn) {
  auto const files = to_csv(unstated_scenario(), empty_plan());
  EXPECT_TRUE(files.at("assignments.csv").starts_with("pledge,nation,"));
}

TEST(PlanCsv, AnEmptyExerciseTableIsMarkedToo) {
  auto plan = sample_plan();
  plan.asks.clear();
  EXPECT_TRUE(to_csv(sample_scenario(), plan).at("asks.csv").starts_with("EXERCISE"));
}

}  // namespace
}  // namespace guarantor::report
