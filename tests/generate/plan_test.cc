#include "guarantor/generate/plan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "exhaustive.h"
#include "guarantor/model/validate.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

model::ForcePlan plan_of(model::Scenario const& scenario, model::WorldRequest const& world) {
  Request request;
  request.world = world;
  request.explain = false;
  auto result = plan(scenario, request);
  EXPECT_TRUE(result.ok()) << result.error().message << ": " << result.error().hint;
  return result.value();
}

TEST(Plan, AgreesWithExhaustiveSearchOnRandomCases) {
  constexpr int kCases = 200;
  constexpr std::size_t kMostPlans = 300'000;
  int worth_something = 0;
  for (std::uint64_t seed = 1; worth_something < kCases; ++seed) {
    ASSERT_LT(seed, 5000U) << "the generator draws too few cases that can be enumerated";
    model::Scenario const scenario = random_case(seed);
    model::WorldRequest world;
    world.kind = seed % 3 == 0 ? model::WorldKind::kAssured : model::WorldKind::kNominal;
    world.include_indicated = seed % 2 == 0;
    if (seed % 5 == 0 && seed % 3 != 0) {
      world.kind = model::WorldKind::kGiven;
      world.assumed[model::ConditionId{"vote"}] = false;
    }
    auto const expected = exhaustive_optimum(scenario, world, kMostPlans);
    if (!expected) {
      continue;
    }
    model::ForcePlan const found = plan_of(scenario, world);
    if (!expected->viable) {
      EXPECT_EQ(found.reason, "not viable") << "seed " << seed;
      continue;
    }
    worth_something += expected->objective > 0 ? 1 : 0;
    EXPECT_NEAR(found.objective, expected->objective, 1e-6) << "seed " << seed;
    EXPECT_NEAR(found.bound, expected->objective, 1e-5) << "seed " << seed;
    EXPECT_NE(found.status, model::PlanStatus::kFeasible) << "seed " << seed;
  }
}

TEST(Plan, RandomCasesAreValidScenarios) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    for (model::Finding const& finding : model::validate(random_case(seed))) {
      EXPECT_EQ(finding.severity, model::Severity::kWarning) << seed << ": " << finding.message;
    }
  }
}

}  // namespace
}  // namespace guarantor::generate
