#include "guarantor/report/refusals.h"

#include <gtest/gtest.h>

#include "plan_fixture.h"

namespace guarantor::report {
namespace {

TEST(Refusals, AreSortedByWhatTheyTake) {
  auto const scenario = sample_scenario();
  auto plan = sample_plan();
  plan.comparisons[3].lines_lost.clear();  // vote-qmb: nothing without a number names it
  plan.comparisons[5].lines_lost.clear();  // mandate: Kessel's offers without a number do
  PlanReading const reading{scenario, plan};
  auto const rows = refusals(reading);
  ASSERT_EQ(rows.end.size(), 1U);
  EXPECT_EQ(rows.end[0]->without.text(), "vote-qma");
  ASSERT_EQ(rows.lose.size(), 2U);
  EXPECT_EQ(rows.lose[0]->without.text(), "backstop");
  EXPECT_EQ(rows.lose[1]->without.text(), "vote-qmf");
  ASSERT_EQ(rows.unstated.size(), 1U);
  EXPECT_EQ(unstated_behind(reading, *rows.unstated[0]),
            "“Resolution of the Assembly of Nations” (Kessel)");
  ASSERT_EQ(rows.nothing.size(), 1U);
  EXPECT_EQ(rows.nothing[0]->without.text(), "vote-qmb");
  EXPECT_TRUE(is_backstop(reading, *rows.lose[0]));
  EXPECT_FALSE(is_backstop(reading, *rows.end[0]));
}

TEST(Refusals, AreEmptyWithoutComparisons) {
  auto const scenario = sample_scenario();
  auto plan = sample_plan();
  plan.comparisons.resize(1);  // the assured world alone
  EXPECT_TRUE(refusals(PlanReading{scenario, plan}).empty());
}

}  // namespace
}  // namespace guarantor::report
