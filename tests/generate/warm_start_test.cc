#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/solve.h"
#include "guarantor/model/random_stream.h"
#include "guarantor/model/world.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

Solution solve_with(model::Scenario const& scenario, ComponentCache& cache,
                    std::string* broken = nullptr) {
  model::WorldRequest world;
  world.include_indicated = true;
  Instance const instance = build_instance(scenario, model::resolve(scenario, world).value());
  auto const solved = solve(scenario, instance, Request{}, cache, {});
  EXPECT_TRUE(solved.ok()) << solved.error().message << ": " << solved.error().hint;
  if (broken != nullptr) {
    Certificate const certificate = certify(scenario, instance, solved.value().starts);
    *broken = certificate.broken_rules.empty() ? "" : certificate.broken_rules.front();
    EXPECT_NEAR(certificate.objective, solved.value().objective, 1e-6);
  }
  return solved.value();
}

Solution solve_afresh(model::Scenario const& scenario) {
  ComponentCache cache;
  return solve_with(scenario, cache);
}

/// That what is known of an earlier scenario changes nothing about the answer.
void expect_equal_to_fresh(model::Scenario const& scenario, ComponentCache& cache) {
  std::string broken;
  Solution const warm = solve_with(scenario, cache, &broken);
  Solution const fresh = solve_afresh(scenario);
  double const tolerance = 1e-6 * std::max(1.0, std::abs(fresh.objective));
  EXPECT_EQ(broken, "");
  EXPECT_TRUE(fresh.proven);
  EXPECT_TRUE(warm.proven);
  EXPECT_NEAR(warm.objective, fresh.objective, tolerance);
  EXPECT_NEAR(warm.bound, fresh.objective, tolerance);
}

constexpr std::uint64_t kCases = 24;

model::Scenario case_of(std::uint64_t seed) {
  return random_case(seed, 7, 4, 5);
}

/// A pledge of the case to change, of those that say how much.
model::Pledge& changed_pledge(model::Scenario& scenario, std::uint64_t seed) {
  model::RandomStream stream{seed, "warm start test"};
  for (;;) {
    auto const place =
        static_cast<std::size_t>(stream.uniform() * static_cast<double>(scenario.pledges.size()));
    if (scenario.pledges[place].quantity) {
      return scenario.pledges[place];
    }
  }
}

TEST(WarmStart, OnePledgeOfAnotherQuantity) {
  int moved = 0;
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario scenario = case_of(seed);
    ComponentCache cache;
    double before = solve_with(scenario, cache).objective;
    // More, fewer and as before, all with what has been learnt on the way.
    for (int const by : {2, -1, -1}) {
      model::Pledge& pledge = changed_pledge(scenario, seed);
      pledge.quantity = model::Units{pledge.quantity->count() + by};
      expect_equal_to_fresh(scenario, cache);
      double const after = solve_with(scenario, cache).objective;
      moved += std::abs(after - before) > 1e-6 ? 1 : 0;
      before = after;
    }
  }
  EXPECT_GT(moved, 10) << "the changes do not matter";
}

TEST(WarmStart, OnePledgeMore) {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario scenario = case_of(seed);
    ComponentCache cache;
    solve_with(scenario, cache);
    model::Pledge pledge = changed_pledge(scenario, seed);
    pledge.id = model::PledgeId{"more"};
    pledge.conditions = {};
    pledge.areas.clear();
    pledge.requires_pledges.clear();
    // Not the last: the rows of those after it move.
    scenario.pledges.insert(scenario.pledges.begin() + 2, pledge);
    expect_equal_to_fresh(scenario, cache);
  }
}

TEST(WarmStart, OnePledgeFewer) {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario scenario = case_of(seed);
    ComponentCache cache;
    solve_with(scenario, cache);
    changed_pledge(scenario, seed).status = model::PledgeStatus::kWithdrawn;
    expect_equal_to_fresh(scenario, cache);
  }
}

TEST(WarmStart, AnotherCeilingTierWeightAndPenalty) {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario scenario = case_of(seed);
    ComponentCache cache;
    solve_with(scenario, cache);
    scenario.ceilings.push_back(
        {.id = model::CeilingId{"later"}, .personnel = model::Personnel{150}});
    expect_equal_to_fresh(scenario, cache);
    scenario.header.tier_weights = {4, 9};
    expect_equal_to_fresh(scenario, cache);
    scenario.header.nation_penalty = 1;
    expect_equal_to_fresh(scenario, cache);
  }
}

TEST(WarmStart, NothingChangedCostsNothing) {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario const scenario = case_of(seed);
    ComponentCache cache;
    Solution const first = solve_with(scenario, cache);
    Solution const again = solve_with(scenario, cache);
    EXPECT_TRUE(again.proven);
    EXPECT_EQ(again.starts, first.starts);
    EXPECT_EQ(again.objective, first.objective);
    EXPECT_EQ(again.bound, first.bound);
    EXPECT_EQ(again.work, 0);
  }
}

}  // namespace
}  // namespace guarantor::generate
