#include "guarantor/report/plan_difference.h"

#include <gtest/gtest.h>

#include <map>

#include "small_case.h"

namespace guarantor::report {
namespace {

PlanDifference difference(model::Scenario const& a, model::ForcePlan const& plan_a,
                          model::Scenario const& b, model::ForcePlan const& plan_b) {
  PlanReading const before{a, plan_a};
  PlanReading const after{b, plan_b};
  return plan_difference(before, after);
}

PlanDifference between(std::vector<model::Assignment> const& before,
                       std::vector<model::Assignment> const& after) {
  auto const scenario = small_case();
  return difference(scenario, plan_of(scenario, before), scenario, plan_of(scenario, after));
}

TEST(PlanDifference, OfAPlanWithItselfIsEmpty) {
  auto const same = between({tour("alder", "gate", 2)}, {tour("alder", "gate", 2)});
  EXPECT_TRUE(same.lines.empty());
  EXPECT_TRUE(same.pledges.empty());
}

TEST(PlanDifference, CoverIsCountedInUnitMonthsAndWorth) {
  auto const found = between({tour("alder", "gate", 1)}, {tour("alder", "gate", 2, 1)});
  ASSERT_EQ(found.lines.size(), 1U);
  auto const& line = found.lines[0];
  EXPECT_EQ(line.line, model::RequirementId{"gate"});
  EXPECT_DOUBLE_EQ(line.required_after, 8);
  EXPECT_DOUBLE_EQ(line.covered_before, 4);
  EXPECT_DOUBLE_EQ(line.covered_after, 6);
  EXPECT_DOUBLE_EQ(line.rose, 3);
  EXPECT_DOUBLE_EQ(line.fell, 1);
  // Tier 1 weighs 1,000 a month of the whole line, so 500 a unit-month.
  EXPECT_DOUBLE_EQ(line.worth_after - line.worth_before, 1000);
  EXPECT_EQ(line.gap, GapMove::kNarrowed);
}

TEST(PlanDifference, GapsOpenAndClose) {
  auto const found = between({tour("alder", "gate", 2), tour("birch", "bridge", 1)},
                             {tour("alder", "gate", 1), tour("birch", "bridge", 2)});
  ASSERT_EQ(found.lines.size(), 2U);
  EXPECT_EQ(found.lines[0].gap, GapMove::kOpened);
  EXPECT_DOUBLE_EQ(found.lines[0].short_after.unit_months, 4);
  EXPECT_EQ(found.lines[0].short_after.reason, model::GapReason::kRotation);
  EXPECT_FALSE(found.lines[0].short_before.reason);
  EXPECT_EQ(found.lines[1].gap, GapMove::kClosed);
}

TEST(PlanDifference, AnotherReasonIsADifference) {
  auto const scenario = small_case();
  auto const before = plan_of(scenario, {});
  auto after = before;
  after.gaps[0].reason = model::GapReason::kCeiling;
  auto const found = difference(scenario, before, scenario, after);
  ASSERT_EQ(found.lines.size(), 1U);
  EXPECT_EQ(found.lines[0].gap, GapMove::kOtherReason);
}

TEST(PlanDifference, PledgesAreNewGoneMovedMoreFewerOrShifted) {
  auto const move = [](std::vector<model::Assignment> const& before,
                       std::vector<model::Assignment> const& after) {
    auto const found = between(before, after);
    EXPECT_EQ(found.pledges.size(), 1U);
    return found.pledges.at(0).move;
  };
  EXPECT_EQ(move({}, {tour("alder", "gate", 1)}), PledgeMove::kNew);
  EXPECT_EQ(move({tour("alder", "gate", 1)}, {}), PledgeMove::kGone);
  EXPECT_EQ(move({tour("alder", "gate", 1)}, {tour("alder", "bridge", 1)}), PledgeMove::kMoved);
  EXPECT_EQ(move({tour("alder", "gate", 1)}, {tour("alder", "gate", 2)}), PledgeMove::kMore);
  EXPECT_EQ(move({tour("alder", "gate", 2)}, {tour("alder", "gate", 1)}), PledgeMove::kFewer);
  EXPECT_EQ(move({tour("alder", "gate", 2, 0, 2)}, {tour("alder", "gate", 2, 2, 4)}),
            PledgeMove::kOtherMonths);
}

TEST(PlanDifference, TheOrderOfAssignmentsDoesNotCount) {
  auto const found = between({tour("alder", "gate", 1, 0, 2), tour("alder", "gate", 1, 2, 4)},
                             {tour("alder", "gate", 1, 2, 4), tour("alder", "gate", 1, 0, 2)});
  EXPECT_TRUE(found.pledges.empty());
}

TEST(PlanDifference, LinesComeAndGo) {
  auto const before = small_case();
  auto after = before;
  after.requirements.erase(after.requirements.begin());
  after.requirements.push_back(before.requirements[0]);
  after.requirements.back().id = model::RequirementId{"tower"};
  auto const found = difference(before, plan_of(before, {tour("alder", "gate", 2)}), after,
                                plan_of(after, {tour("alder", "tower", 2)}));
  ASSERT_EQ(found.lines.size(), 2U);
  EXPECT_EQ(found.lines[0].line, model::RequirementId{"tower"});
  EXPECT_FALSE(found.lines[0].stood);
  EXPECT_EQ(found.lines[1].line, model::RequirementId{"gate"});
  EXPECT_FALSE(found.lines[1].stands);
  EXPECT_EQ(found.lines[1].gap, GapMove::kNone);
}

TEST(PlanDifference, AnEmptyPlanIsShortOfEverythingAsked) {
  auto const scenario = small_case();
  model::ForcePlan empty;
  auto const found =
      difference(scenario, plan_of(scenario, {tour("alder", "gate", 2)}), scenario, empty);
  ASSERT_EQ(found.lines.size(), 2U);
  EXPECT_DOUBLE_EQ(found.lines[0].required_after, 8);
  EXPECT_EQ(found.lines[0].gap, GapMove::kOpened);
  EXPECT_EQ(found.lines[1].gap, GapMove::kOtherReason) << "an empty plan gives no reason";
}

}  // namespace
}  // namespace guarantor::report
