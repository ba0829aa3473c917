#include "guarantor/report/plan_ground.h"

#include <gtest/gtest.h>

#include "plan_fixture.h"

namespace guarantor::report {
namespace {

TEST(PlanGround, SaysWhyNothingIsReportedWhereEveryLineIsAnEstimate) {
  auto const scenario = sample_scenario();
  auto plan = sample_plan();
  plan.provenance = {0, 1, 0};
  EXPECT_EQ(ground(PlanReading{scenario, plan}),
            "What is covered is, by worth, 0\u202F% reported, 100\u202F% estimated and 0\u202F% "
            "illustrative. A covered line counts by the weakest row it rests on. Every line of the "
            "statement of requirements is an estimate, so nothing counts as reported. Of the 14 "
            "pledges used, 10 are reported.");
}

TEST(PlanGround, DoesNotBlameLinesThatAreReported) {
  auto scenario = sample_scenario();
  scenario.requirements[0].row.provenance.confidence = model::Confidence::kReported;
  auto const plan = sample_plan();
  auto const text = ground(PlanReading{scenario, plan});
  EXPECT_EQ(text.find("statement of requirements"), std::string::npos);
  scenario.requirements[0].row.provenance.confidence.reset();  // counts as illustrative
  EXPECT_NE(ground(PlanReading{scenario, plan}).find("No line of the statement of requirements"),
            std::string::npos);
}

}  // namespace
}  // namespace guarantor::report
