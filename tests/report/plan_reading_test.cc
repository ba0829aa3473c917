#include "guarantor/report/plan_reading.h"

#include <gtest/gtest.h>

#include "guarantor/report/plan_changes.h"
#include "plan_fixture.h"

namespace guarantor::report {
namespace {

TEST(PlanReading, LinesComeByTierWithMeanAndWorst) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  int tier = 0;
  for (auto const& line : reading.lines()) {
    EXPECT_GE(line.line->tier_or_default(), tier);
    tier = line.line->tier_or_default();
  }
  auto const* hq = reading.line(model::RequirementId{"hq"});
  ASSERT_NE(hq, nullptr);
  EXPECT_DOUBLE_EQ(hq->mean, 23.0 / 24);
  EXPECT_EQ(hq->worst, 0);
  EXPECT_EQ(hq->worst_month, model::Months{0});
  EXPECT_EQ(hq->full_from, model::Months{1});
  EXPECT_EQ(reading.line(model::RequirementId{"hospital"})->cover, Cover::kFull);
  EXPECT_EQ(reading.line(model::RequirementId{"gbad"})->cover, Cover::kEmpty);
  EXPECT_EQ(reading.line(model::RequirementId{"gbad"})->full_from, std::nullopt);
  EXPECT_EQ(reading.line(model::RequirementId{"mcm"})->cover, Cover::kPartly);
  EXPECT_EQ(reading.line(model::RequirementId{"no-such-line"}), nullptr);
}

TEST(PlanReading, TheMainGapIsTheLargest) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  EXPECT_EQ(reading.line(model::RequirementId{"reserve-south"})->main_gap->reason,
            model::GapReason::kNobodyOffered);  // 3.1 for 19 months, against 6 for 5
}

TEST(PlanReading, ContributionsAddUp) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  ASSERT_EQ(reading.nations().size(), 11U);
  auto const& first = reading.nations().front();
  EXPECT_EQ(first.nation, model::NationId{"QMA"});
  // 7 companies of 150, 2 squadrons of 260 and a headquarters of 300.
  EXPECT_EQ(first.peak_personnel, 1870);
  EXPECT_EQ(first.shares.front().unit_months, 149);
  auto const& last = reading.nations().back();
  EXPECT_FALSE(last.personnel_known);
}

TEST(PlanReading, ConditionsComeByDateOfDecision) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  ASSERT_EQ(reading.conditions().size(), 8U);
  EXPECT_EQ(reading.conditions().front().condition->id, model::ConditionId{"consent"});
  EXPECT_EQ(reading.conditions().back().condition->id, model::ConditionId{"funds-qmh"});
}

TEST(PlanReading, NoHeadlineWhereMoreThanAQuarterIsIllustrative) {
  auto const scenario = sample_scenario();
  auto plan = sample_plan();
  EXPECT_EQ((PlanReading{scenario, plan}.headline()),
            "Over all lines and months, 68\u202F% of what is needed is covered.");
  plan.provenance = {0.5, 0.24, 0.26};
  EXPECT_EQ((PlanReading{scenario, plan}.headline()),
            "More than a quarter of what this rests on is illustrative, so no single figure is "
            "given: over the assumptions planned, cover runs from 0\u202F% to 68\u202F% of what is "
            "needed.");
  plan.comparisons.clear();
  EXPECT_EQ((PlanReading{scenario, plan}.headline()).find('%'), std::string::npos);
}

TEST(PlanReading, UnknownNamesStandForThemselves) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  EXPECT_EQ(reading.nation_name(model::NationId{"XAA"}), "XAA");
  EXPECT_EQ(reading.words_for("qmf-mcm gone"), "Fjordane: Minehunter; gone");
}

TEST(PlanReading, TheWorldNamesWhatIsAssumedByTitle) {
  auto const scenario = sample_scenario();
  auto plan = sample_plan();
  EXPECT_EQ((PlanReading{scenario, plan}.world()), "if every condition comes true");
  plan.world.kind = model::WorldKind::kGiven;
  plan.world.assumed = {{model::ConditionId{"vote-qma"}, false},
                        {model::ConditionId{"mandate"}, true}};
  EXPECT_EQ((PlanReading{scenario, plan}.world()),
            "if every condition comes true but “Albia's parliament approves”");
  plan.world.kind = model::WorldKind::kAssured;
  EXPECT_EQ((PlanReading{scenario, plan}.world()),
            "if nothing undecided is relied on but “Resolution of the Assembly of Nations”, "
            "without “Albia's parliament approves”");
}

TEST(PlanChanges, TellsWhoCameAndWhatRose) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  PlanReading const reading{scenario, plan};
  auto const diff = changes(reading, earlier_plan());
  EXPECT_TRUE(diff.same_case);
  EXPECT_FALSE(diff.same_scenario);
  EXPECT_EQ(diff.came, (std::vector<std::string>{"Fjordane", "Йорданія"}));
  EXPECT_TRUE(diff.left.empty());
  EXPECT_EQ(diff.fuller,
            (std::vector<std::string>{"Watch over the line of contact", "Patrol of the sea lane"}));
  EXPECT_EQ(diff.thinner, (std::vector<std::string>{"Air patrol station, south"}));
  auto other = earlier_plan();
  other.scenario_id = "elsewhere";
  EXPECT_FALSE(changes(reading, other).same_case);
}

}  // namespace
}  // namespace guarantor::report
