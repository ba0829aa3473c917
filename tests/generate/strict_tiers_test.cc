#include "guarantor/generate/strict_tiers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "exhaustive.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

Request strict() {
  Request request;
  request.strict_tiers = true;
  request.explain = false;
  return request;
}

/// What each tier's lines are worth in a plan, less cost and presence there, read from the
/// scenario.
std::map<int, double> by_tier(model::Scenario const& scenario, ExhaustivePlan const& plan) {
  int const horizon = scenario.header.horizon.count();
  std::map<int, double> worth;
  for (std::size_t r = 0; r < scenario.requirements.size(); ++r) {
    model::Requirement const& line = scenario.requirements[r];
    int const tier = line.tier.value_or(1);
    int const from = line.from ? line.from->count() : 0;
    int const to = std::min(line.to ? line.to->count() : horizon, horizon);
    auto const quantity = static_cast<double>(line.quantity.count());
    double& sum = worth[tier];
    for (int t = from; t < to; ++t) {
      double cover = 0;
      std::set<std::string> nations;
      for (std::size_t p = 0; p < scenario.pledges.size(); ++p) {
        auto const found = plan.present.find({p, r, t});
        if (found == plan.present.end()) {
          continue;
        }
        model::Pledge const& pledge = scenario.pledges[p];
        double counts = 1;
        for (model::Substitution const& entry : scenario.substitutions) {
          if (entry.capability == line.capability && entry.accepts == pledge.capability) {
            counts = entry.effectiveness.count();
          }
        }
        cover += counts * found->second;
        nations.insert(pledge.nation.text());
        double const cost = pledge.cost_per_unit_month ? pledge.cost_per_unit_month->count() : 0;
        sum -= scenario.header.cost_weight * cost * found->second;
      }
      if (cover < line.min_fill.value_or(0) * quantity - 1e-9) {
        cover = 0;
      }
      sum += line.weight.value_or(to - from) *
             scenario.header.tier_weights[static_cast<std::size_t>(tier - 1)] / (to - from) *
             std::min(cover, quantity) / quantity;
      sum -= scenario.header.nation_penalty * static_cast<double>(nations.size());
    }
  }
  return worth;
}

/// The best that tiers in order can have, by trying every plan.
std::map<int, double> best_in_order(model::Scenario const& scenario,
                                    std::vector<ExhaustivePlan> const& plans) {
  std::vector<std::map<int, double>> left;
  for (ExhaustivePlan const& plan : plans) {
    left.push_back(by_tier(scenario, plan));
  }
  std::map<int, double> best;
  for (int tier = 1; tier <= 3; ++tier) {
    double most = 0;
    bool any = false;
    for (auto const& worth : left) {
      if (auto const found = worth.find(tier); found != worth.end()) {
        most = any ? std::max(most, found->second) : found->second;
        any = true;
      }
    }
    if (any) {
      best[tier] = most;
      std::erase_if(left, [&](auto const& worth) { return worth.at(tier) < most - 1e-7; });
    }
  }
  return best;
}

/// Three tiers whose weights are the same or upside down, so that order and weight disagree.
model::Scenario case_of(std::uint64_t seed) {
  model::Scenario scenario = random_case(seed);
  std::vector<double> const same{10, 10, 10};
  std::vector<double> const upside_down{1, 4, 20};
  scenario.header.tier_weights = seed % 2 == 0 ? same : upside_down;
  for (std::size_t r = 0; r < scenario.requirements.size(); ++r) {
    scenario.requirements[r].tier = 1 + static_cast<int>((r + seed) % 3);
  }
  return scenario;
}

TEST(StrictTiers, AgreeWithExhaustiveSearchOnRandomCases) {
  constexpr std::size_t kMostPlans = 60'000;
  int compared = 0;
  int differ = 0;
  for (std::uint64_t seed = 1; compared < 150; ++seed) {
    ASSERT_LT(seed, 5000U);
    model::Scenario const scenario = case_of(seed);
    if (scenario.requirements.size() < 2) {
      continue;
    }
    auto const plans = exhaustive_plans(scenario, {}, kMostPlans);
    if (!plans || plans->size() < 2) {
      continue;
    }
    auto const found = plan(scenario, strict());
    ASSERT_TRUE(found.ok()) << found.error().message;
    auto const best = best_in_order(scenario, *plans);
    double sum = 0;
    for (model::TierResult const& tier : found.value().tiers) {
      ASSERT_TRUE(best.contains(tier.tier)) << seed;
      EXPECT_NEAR(tier.objective, best.at(tier.tier), 1e-5) << seed << ": tier " << tier.tier;
      EXPECT_GE(tier.bound, best.at(tier.tier) - 1e-5) << seed << ": tier " << tier.tier;
      EXPECT_NEAR(tier.bound, best.at(tier.tier), 1e-4) << seed << ": tier " << tier.tier;
      sum += tier.objective;
    }
    EXPECT_NE(found.value().status, model::PlanStatus::kFeasible) << seed;
    EXPECT_NEAR(found.value().objective, sum, 1e-6) << seed;
    Request weighted;
    weighted.explain = false;
    differ += plan(scenario, weighted).value().objective > sum + 1e-6 ? 1 : 0;
    ++compared;
  }
  EXPECT_GT(differ, 10) << "order and weight should disagree now and then";
}

/// With a gap each tier is within it, and its bound is none that a plan could exceed.
TEST(StrictTiers, EachTierIsWithinTheGapAskedFor) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    model::Scenario scenario = random_case(seed, 12, 8, 6);
    scenario.header.tier_weights = {10, 10};
    Request request = strict();
    auto const exact = plan(scenario, request).value();
    request.gap = 0.05;
    auto const rough = plan(scenario, request).value();
    ASSERT_EQ(rough.tiers.size(), exact.tiers.size());
    for (std::size_t i = 0; i < rough.tiers.size(); ++i) {
      EXPECT_LE(rough.tiers[i].gap, 0.05 + 1e-9) << seed;
      EXPECT_GE(rough.tiers[i].bound, rough.tiers[i].objective - 1e-9) << seed;
    }
    if (!rough.tiers.empty()) {
      EXPECT_GE(rough.tiers[0].bound, exact.tiers[0].objective - 1e-6) << seed;
    }
  }
}

TEST(StrictTiers, AreRefusedInTheExpectedWorld) {
  Request request = strict();
  request.world.kind = model::WorldKind::kExpected;
  auto const found = plan(random_case(1), request);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, model::ErrorKind::kRefused);
}

TEST(StrictTiers, AreTheSameOnAnyNumberOfThreads) {
  model::Scenario const scenario = random_case(7, 14, 9, 6);
  Request request = strict();
  auto const one = plan(scenario, request).value();
  request.threads = 3;
  EXPECT_EQ(one, plan(scenario, request).value());
}

}  // namespace
}  // namespace guarantor::generate
