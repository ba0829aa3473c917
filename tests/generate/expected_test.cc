#include "guarantor/generate/expected.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "exhaustive_expected.h"
#include "guarantor/generate/solved_plan.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

using model::ForcePlan;
using model::Scenario;

Request expected_world(int worlds, std::uint64_t seed = 1) {
  Request request;
  request.world.kind = model::WorldKind::kExpected;
  request.explain = false;
  request.worlds = worlds;
  request.seed = seed;
  return request;
}

ForcePlan plan_of(Scenario const& scenario, Request const& request) {
  auto result = plan(scenario, request);
  EXPECT_TRUE(result.ok()) << result.error().message << ": " << result.error().hint;
  return result.ok() ? result.value() : ForcePlan{};
}

TEST(Expected, AgreesWithTryingEverythingOnRandomCases) {
  constexpr int kCases = 30;
  constexpr std::size_t kMost = 1'000'000;
  int cases = 0;
  int reassigned = 0;
  for (std::uint64_t seed = 1; cases < kCases; ++seed) {
    ASSERT_LT(seed, 5000U) << "the generator draws too few cases that can be enumerated";
    Scenario scenario = random_case(seed);
    scenario.header.reassign_cost = seed % 3 == 0 ? 0.2 : static_cast<double>(seed % 3);
    auto const everything = ExhaustiveWorlds::of(scenario, true, kMost);
    if (!everything) {
      continue;
    }
    double const optimum = everything->optimum();
    Request request = expected_world(200);
    request.world.include_indicated = true;
    ForcePlan const found = plan_of(scenario, request);
    if (optimum <= 0) {
      EXPECT_EQ(found.objective, 0) << "seed " << seed;
      continue;
    }
    // Cases in which only one world can be, or foresight gains nothing, show little.
    bool const interesting = found.expected->distinct > 1;
    cases += interesting ? 1 : 0;
    reassigned += everything->foresight() > optimum + 1e-6 ? 1 : 0;
    EXPECT_TRUE(found.expected->enumerated);
    EXPECT_NEAR(found.objective, optimum, 1e-6) << "seed " << seed;
    EXPECT_NEAR(found.bound, optimum, 1e-5) << "seed " << seed;
    EXPECT_NEAR(everything->value_of(present_in(scenario, found.assignments)), optimum, 1e-6)
        << "seed " << seed;
    EXPECT_EQ(found.expected->low, found.expected->high);
  }
  EXPECT_GE(reassigned, 5) << "too few cases in which units are reassigned";
}

model::Condition condition(std::string const& id, double probability) {
  model::Condition row;
  row.id = model::ConditionId{id};
  row.probability = model::Probability{probability};
  return row;
}

model::Pledge pledge(std::string const& id, std::string const& area, std::string const& when) {
  model::Pledge row;
  row.id = model::PledgeId{id};
  row.nation = model::NationId{"XAA"};
  row.capability = model::CapabilityId{"inf"};
  row.quantity = model::Units{1};
  row.areas = {model::AreaId{area}};
  row.conditions = std::get<model::Expression>(model::parse_expression(when));
  return row;
}

model::Requirement line(std::string const& id, std::string const& area, double weight) {
  model::Requirement row;
  row.id = model::RequirementId{id};
  row.capability = model::CapabilityId{"inf"};
  row.quantity = model::Units{1};
  row.area = model::AreaId{area};
  row.weight = weight;
  return row;
}

constexpr int kMonths = 2;

Scenario empty_case() {
  Scenario scenario;
  scenario.header.id = model::ScenarioId{"worlds"};
  scenario.header.kind = model::ScenarioKind::kExercise;
  scenario.header.horizon = model::Months{kMonths};
  scenario.header.tier_weights = {1};
  scenario.header.nation_penalty = 0;
  scenario.header.reassign_cost = 0.5;
  scenario.nations.push_back({.id = model::NationId{"XAA"}, .name = "XAA"});
  scenario.capabilities.push_back(
      {.id = model::CapabilityId{"inf"}, .domain = model::DomainId{"land"}});
  return scenario;
}

/// In an area of its own: a gate worth much and a bridge worth less; a unit that comes if the vote
/// is won and one that comes anyway, which may move to the gate where the vote is lost.
void add_pair(Scenario& scenario, int number, double probability, double gate, double bridge) {
  std::string const name = std::to_string(number);
  scenario.conditions.push_back(condition("vote-" + name, probability));
  scenario.pledges.push_back(pledge("guest-" + name, "area-" + name, "vote-" + name));
  scenario.pledges.push_back(pledge("host-" + name, "area-" + name, ""));
  scenario.requirements.push_back(line("gate-" + name, "area-" + name, gate));
  scenario.requirements.push_back(line("bridge-" + name, "area-" + name, bridge));
}

TEST(Expected, AgreesWithTheArithmetic) {
  // Guest at the gate, host at the bridge: 10 + 4 with chance 0.6; else the host moves for two
  // months at 0.5 each: 10 - 1. In the mean 12.
  // Host at the gate, guest at the bridge: 14 with chance 0.6; else 10. In the mean 12.4.
  Scenario scenario = empty_case();
  add_pair(scenario, 0, 0.6, 10, 4);
  ForcePlan const found = plan_of(scenario, expected_world(200));
  EXPECT_NEAR(found.objective, 12.4, 1e-9);
  EXPECT_EQ(found.status, model::PlanStatus::kOptimal);
  EXPECT_FALSE(found.stopped_by_limit);
  auto const designated = present_in(scenario, found.assignments);
  EXPECT_EQ(designated, (Present{{{0, 1, 0}, 1}, {{0, 1, 1}, 1}, {{1, 0, 0}, 1}, {{1, 0, 1}, 1}}));
  ASSERT_TRUE(found.expected);
  EXPECT_TRUE(found.expected->enumerated);
  EXPECT_EQ(found.expected->worlds, 2);
  EXPECT_EQ(found.expected->reassigned, 0);
  // The bridge is covered by whoever comes: in the mean 0.6.
  EXPECT_NEAR(found.fill.back().mean_covered.value_or(-1), 0.6, 1e-9);
  EXPECT_EQ(found.fill.back().covered, 1);
}

TEST(Expected, AWorldWithoutACoalitionIsWorthNothing) {
  Scenario scenario = empty_case();
  add_pair(scenario, 0, 0.25, 10, 4);
  scenario.header.viable_if = std::get<model::Expression>(model::parse_expression("vote-0"));
  ForcePlan const found = plan_of(scenario, expected_world(200));
  EXPECT_NEAR(found.objective, 0.25 * 14, 1e-9);
  EXPECT_NEAR(found.expected->not_viable, 0.75, 1e-12);
  scenario.conditions[0].probability = model::Probability{0};
  ForcePlan const never = plan_of(scenario, expected_world(200));
  EXPECT_EQ(never.status, model::PlanStatus::kEmpty);
  EXPECT_EQ(never.reason, "not viable");
}

TEST(Expected, WhatNoWorldUsesIsNotDesignated) {
  Scenario scenario = empty_case();
  add_pair(scenario, 0, 0, 10, 4);
  ForcePlan const found = plan_of(scenario, expected_world(200));
  EXPECT_NEAR(found.objective, 10, 1e-9);
  EXPECT_EQ(present_in(scenario, found.assignments), (Present{{{1, 0, 0}, 1}, {{1, 0, 1}, 1}}));
}

TEST(Expected, RefusesToInventAProbability) {
  Scenario scenario = empty_case();
  add_pair(scenario, 0, 0.5, 10, 4);
  add_pair(scenario, 1, 0.5, 10, 4);
  add_pair(scenario, 2, 0.5, 10, 4);
  scenario.conditions[0].probability.reset();
  scenario.conditions[2].probability.reset();
  Request request = expected_world(200);
  auto const refused = plan(scenario, request);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, model::ErrorKind::kRefused);
  EXPECT_EQ(refused.error().message, "no probability is stated to draw from: vote-0, vote-2");
  request.world.assumed = {{model::ConditionId{"vote-0"}, true},
                           {model::ConditionId{"vote-2"}, false}};
  EXPECT_NEAR(plan_of(scenario, request).objective, 14 + 12 + 10, 1e-9);
}

/// Pairs that fall in 64 ways: with 50 worlds they are drawn.
constexpr std::size_t kPairs = 6;
Scenario six_pairs() {
  Scenario scenario = empty_case();
  double const probability[kPairs] = {0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
  for (std::size_t i = 0; i < kPairs; ++i) {
    auto const number = static_cast<int>(i);
    add_pair(scenario, number, probability[i], 10 + number, 4 + 0.5 * number);
  }
  return scenario;
}

constexpr int kDrawn = 50;

TEST(Expected, TheIntervalCoversTheTruthAsOftenAsItSays) {
  Scenario const scenario = six_pairs();
  // The pairs have nothing to do with each other, so the truth is the sum of theirs.
  std::vector<ExhaustiveWorlds> pairs;
  for (std::size_t i = 0; i < kPairs; ++i) {
    Scenario pair = scenario;
    pair.conditions = {scenario.conditions[i]};
    pair.pledges = {scenario.pledges[2 * i], scenario.pledges[2 * i + 1]};
    pair.requirements = {scenario.requirements[2 * i], scenario.requirements[2 * i + 1]};
    pairs.push_back(ExhaustiveWorlds::of(pair, false, 100'000).value());
  }
  auto const truth_of = [&](Present const& designated) {
    std::vector<Present> parts(kPairs);
    for (auto const& [where, units] : designated) {
      auto const& [p, r, t] = where;
      parts[p / 2][{p % 2, r % 2, t}] = units;
    }
    double truth = 0;
    for (std::size_t i = 0; i < kPairs; ++i) {
      truth += pairs[i].value_of(parts[i]);
    }
    return truth;
  };
  constexpr int kRepeats = 1000;
  int covered = 0;
  ComponentCache cache;  // what is proven once is proven for every seed
  for (std::uint64_t seed = 1; seed <= kRepeats; ++seed) {
    auto const solved = solve_plan(scenario, expected_world(kDrawn, seed), cache, {});
    ASSERT_TRUE(solved.ok());
    ForcePlan const& found = solved.value().plan;
    ASSERT_FALSE(found.expected->enumerated);
    EXPECT_GE(found.bound, found.objective);
    double const truth = truth_of(present_in(scenario, found.assignments));
    covered += found.expected->low <= truth && truth <= found.expected->high ? 1 : 0;
  }
  EXPECT_GE(covered, 930);
  EXPECT_LE(covered, 970);
}

TEST(Expected, SharesItsWorldsWithVariants) {
  Scenario const scenario = six_pairs();
  ForcePlan const before = plan_of(scenario, expected_world(kDrawn));
  Scenario variant = scenario;
  // A vote, a pledge that waits for it and nothing that needs it: no figure may move.
  variant.conditions.insert(variant.conditions.begin(), condition("other", 0.5));
  variant.pledges.insert(variant.pledges.begin(), pledge("other", "elsewhere", "other & vote-3"));
  ForcePlan const after = plan_of(variant, expected_world(kDrawn));
  EXPECT_NEAR(after.objective, before.objective, 1e-9);
  EXPECT_NEAR(after.expected->low, before.expected->low, 1e-9);
  EXPECT_NEAR(after.bound, before.bound, 1e-9);
  EXPECT_EQ(after.assignments, before.assignments);
  EXPECT_NE(plan_of(scenario, expected_world(kDrawn, 2)).objective, before.objective);
}

TEST(Expected, SamePlanOnAnyNumberOfThreads) {
  std::vector<Scenario> cases{six_pairs()};
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    cases.push_back(random_case(seed, 7, 5, 6));
  }
  for (Scenario const& scenario : cases) {
    Request request = expected_world(kDrawn);
    request.gap = 0.01;
    ForcePlan const one = plan_of(scenario, request);
    request.threads = 2;
    EXPECT_EQ(plan_of(scenario, request), one);
  }
}

TEST(Expected, AnInterruptedRunLeavesAPlan) {
  Scenario const scenario = six_pairs();
  std::stop_source stop;
  stop.request_stop();
  model::RunControl control;
  control.cancel = stop.get_token();
  auto const result = plan(scenario, expected_world(kDrawn), control);
  ASSERT_TRUE(result.ok()) << result.error().message;
  ForcePlan const& found = result.value();
  EXPECT_TRUE(found.stopped_by_limit);
  EXPECT_EQ(found.status, model::PlanStatus::kFeasible);
  ForcePlan const whole = plan_of(scenario, expected_world(kDrawn));
  EXPECT_GE(found.bound, whole.objective - 1e-9);
  EXPECT_LE(found.objective, whole.bound + 1e-9);
}

TEST(Expected, TakesAtLeastTwoWorlds) {
  EXPECT_EQ(plan(six_pairs(), expected_world(1)).error().kind, model::ErrorKind::kBadInput);
}

}  // namespace
}  // namespace guarantor::generate
