#include <gtest/gtest.h>

#include <sstream>

#include "golden_file.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/plan_report.h"
#include "plan_fixture.h"

namespace guarantor::report {
namespace {

TEST(PlanTable, IsAsKept) {
  expect_golden("plan_table.txt", to_table(sample_scenario(), sample_plan(), {}));
}

TEST(PlanTable, StaysWithinItsWidth) {
  for (int const width : {80, 100, 140}) {
    std::istringstream lines{to_table(crowded_scenario(), crowded_plan(), {.width = width})};
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(display_width(line), static_cast<std::size_t>(width)) << line;
    }
  }
}

TEST(PlanTable, IsHeadedAndFootedInAnExercise) {
  std::istringstream lines{to_table(sample_scenario(), sample_plan(), {})};
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) {
    all.push_back(line);
  }
  EXPECT_NE(all.front().find("EXERCISE · FOR PLANNERS"), std::string::npos);
  EXPECT_EQ(all.back(), all.front());
  EXPECT_EQ(to_table(unstated_scenario(), empty_plan(), {}).find("EXERCISE"), std::string::npos);
}

TEST(PlanTable, ColourIsOnlyWhereAskedFor) {
  EXPECT_EQ(to_table(sample_scenario(), sample_plan(), {}).find('\x1b'), std::string::npos);
  EXPECT_NE(to_table(sample_scenario(), sample_plan(), {.colour = true}).find("\x1b[31m"),
            std::string::npos);
}

TEST(PlanTable, ANameCannotSteerTheTerminal) {
  auto scenario = sample_scenario();
  scenario.header.title = "x\x1b]0;owned\x07";
  scenario.requirements[0].title = "y\x1b[2J";
  scenario.nations[2].name = "z\x1b[2J\n";
  auto plan = sample_plan();
  plan.reason = "\x1b[2J";
  EXPECT_EQ(to_table(scenario, plan, {}).find('\x1b'), std::string::npos);
}

TEST(PlanTable, AnIllustrativePlanHasNoHeadlineFigure) {
  auto plan = sample_plan();
  plan.provenance = {0.1, 0.2, 0.7};
  auto const text = to_table(sample_scenario(), plan, {});
  EXPECT_EQ(text.find("Over all lines and months"), std::string::npos);
  EXPECT_NE(text.find("no single figure"), std::string::npos);
}

TEST(PlanTable, WhoGoesIsCutAtFortyRows) {
  auto plan = sample_plan();
  auto const first = plan.assignments.front();
  plan.assignments.assign(40, first);
  EXPECT_EQ(to_table(sample_scenario(), plan, {}).find("more assignment"), std::string::npos);
  plan.assignments.assign(43, first);
  auto const text = to_table(sample_scenario(), plan, {});
  EXPECT_NE(text.find("and three more assignments, in the JSON"), std::string::npos);
  std::size_t rows = 0;
  for (auto at = text.find("\n Albia "); at != std::string::npos;
       at = text.find("\n Albia ", at + 1)) {
    ++rows;
  }
  EXPECT_EQ(rows, 40U);
}

TEST(PlanTable, ConditionsThatChangeNothingStandTogether) {
  auto plan = sample_plan();
  for (auto& row : plan.comparisons) {
    row.lines_lost.clear();
  }
  auto const text = to_table(sample_scenario(), plan, {.width = 140});
  EXPECT_NE(text.find("there is no coalition without “Albia's parliament approves”"),
            std::string::npos);
  EXPECT_NE(text.find("four more conditions change no figure: “"), std::string::npos);
  EXPECT_EQ(text.find("without “Borland"), std::string::npos);
}

TEST(PlanTable, AnEmptyPlanSaysWhy) {
  auto const text = to_table(unstated_scenario(), empty_plan(), {});
  EXPECT_NE(text.find("There is no plan: no pledge states a quantity."), std::string::npos);
  EXPECT_NE(text.find("Corvia: Field hospital and Ground-based air defence"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::report
