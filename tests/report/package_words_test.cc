#include "guarantor/report/package_words.h"

#include <gtest/gtest.h>

#include "guarantor/report/gap_words.h"
#include "guarantor/report/plan_report.h"
#include "plan_fixture.h"

namespace guarantor::report {
namespace {

/// A plan filled tier by tier, with a package found and a line outbid.
model::ForcePlan with_everything() {
  auto const scenario = sample_scenario();
  auto plan = sample_plan();
  plan.tiers = {{1, 900.5, 900.5, 0}, {2, 100, 101, 0.01}};
  model::Package package;
  package.nation = scenario.nations[0].id;
  package.fill = 0.9;
  package.reached = true;
  package.proven = true;
  package.units = {{scenario.capabilities[0].id, model::Units{2}, model::Months{3}}};
  package.lines = {{scenario.requirements[0].id, 0.25, 0.95}};
  package.gain = 12.5;
  plan.package = package;
  plan.gaps[0].reason = model::GapReason::kOutbid;
  plan.gaps[0].outbid = {{scenario.requirements[1].id, 1, scenario.pledges[0].id, 40, 2.5}};
  return plan;
}

TEST(PackageWords, SayWhatLiftsWhatAndWhetherLessWouldDo) {
  auto const scenario = sample_scenario();
  auto plan = with_everything();
  auto const found = package_in_words(PlanReading{scenario, plan});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_NE(found[1].find("from 25\u202F% to 95\u202F%"), std::string::npos) << found[1];
  EXPECT_NE(found[1].find("gains 12.5"), std::string::npos) << found[1];
  EXPECT_NE(found[2].find("all were tried"), std::string::npos) << found[2];
  plan.package->proven = false;
  EXPECT_NE(package_in_words(PlanReading{scenario, plan})[2].find("Not every smaller package"),
            std::string::npos);
  plan.package->reached = false;
  plan.package->reason = "gate: ceiling (camp)";
  auto const none = package_in_words(PlanReading{scenario, plan});
  ASSERT_EQ(none.size(), 1U);
  EXPECT_NE(none[0].find("In the way: gate: ceiling (camp)."), std::string::npos) << none[0];
}

TEST(PackageWords, SayNothingUnasked) {
  auto const scenario = sample_scenario();
  auto const plan = sample_plan();
  EXPECT_TRUE(package_in_words(PlanReading{scenario, plan}).empty());
  EXPECT_TRUE(tiers_in_words(plan).empty());
}

TEST(PackageWords, StandInEveryRendering) {
  auto const scenario = sample_scenario();
  auto const plan = with_everything();
  auto const table = to_table(scenario, plan, {});
  EXPECT_NE(table.find("The package asked about"), std::string::npos);
  EXPECT_NE(table.find("Tier 2: objective 100"), std::string::npos);
  auto const brief = to_brief(scenario, plan, std::nullopt);
  EXPECT_NE(brief.find("Tier 2: objective 100"), std::string::npos);
  EXPECT_NE(brief.find("--strict-tiers --request"), std::string::npos);
  EXPECT_NE(brief.find("the objective gains 12.5"), std::string::npos);
  EXPECT_NE(why_missing(PlanReading{scenario, plan}, plan.gaps[0])
                .find("(tier 1; a unit earns 40 a month there, 2.5 here)"),
            std::string::npos);
}

TEST(PackageWords, PlansReadBackWithTheirPackageTiersAndBids) {
  auto const plan = with_everything();
  auto const back = from_json(to_json(sample_scenario(), plan));
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(back.value(), plan);
}

}  // namespace
}  // namespace guarantor::report
