#include "guarantor/posture/siting.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "siting_promises.h"
#include "small_posture.h"

namespace guarantor::posture {
namespace {

using Open = std::vector<std::size_t>;

constexpr SitingGoal kGoals[] = {SitingGoal::kCheapest, SitingGoal::kMostDemand,
                                 SitingGoal::kWorstTime, SitingGoal::kMeanTime};

/// 200 cases, the goals in turn; how many of them have an answer.
int agree(std::string const& name, std::function<PostureFeatures(int)> const& features) {
  model::RandomStream stream{4, name};
  int feasible = 0;
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    auto const one = case_of(draw_posture(stream, kGoals[number % 4], features(number)));
    feasible += one.best ? 1 : 0;
    expect_best(one);
  }
  return feasible;
}

TEST(Siting, TiersAgreeWithExhaustiveSearch) {
  EXPECT_GT(agree("siting, tiers", [](int) { return PostureFeatures{.tiers = true}; }), 60);
}

TEST(Siting, DistanceFromTheLineAgreesWithExhaustiveSearch) {
  EXPECT_GT(agree("siting, line", [](int) { return PostureFeatures{.line = true}; }), 60);
}

TEST(Siting, BackupAgreesWithExhaustiveSearch) {
  EXPECT_GT(agree("siting, backup", [](int) { return PostureFeatures{.backup = true}; }), 60);
}

TEST(Siting, LossOfAnyOneAgreesWithExhaustiveSearch) {
  EXPECT_GT(
      agree("siting, one lost",
            [](int number) { return PostureFeatures{.losses = 1, .relaxed = number % 3 != 0}; }),
      60);
}

TEST(Siting, LossOfAnyTwoAgreesWithExhaustiveSearch) {
  EXPECT_GT(
      agree("siting, two lost",
            [](int number) { return PostureFeatures{.losses = 2, .relaxed = number % 3 != 0}; }),
      50);
}

TEST(Siting, CapacitiesAgreeWithExhaustiveSearch) {
  EXPECT_GT(agree("siting, capacities",
                  [](int number) {
                    return PostureFeatures{
                        .tiers = number % 3 == 0, .backup = number % 5 == 0, .capacities = true};
                  }),
            60);
}

TEST(Siting, AllTogetherAgreeWithExhaustiveSearch) {
  EXPECT_GT(agree("siting, all",
                  [](int number) {
                    return PostureFeatures{.tiers = true,
                                           .line = true,
                                           .backup = true,
                                           .losses = static_cast<std::size_t>(1 + number / 4 % 2),
                                           .relaxed = true,
                                           // Not offered for times after a loss.
                                           .capacities = number % 4 < 2 && number % 8 < 4};
                  }),
            40);
}

TEST(Siting, TellsTheTruthHoweverEarlyTheStop) {
  model::RandomStream stream{4, "siting, stopped"};
  for (int number = 0; number < 80; ++number) {
    SCOPED_TRACE(number);
    auto const one = case_of(draw_posture(stream, kGoals[number % 4],
                                          {.tiers = true,
                                           .backup = number % 3 == 0,
                                           .losses = static_cast<std::size_t>(number / 4 % 3)}));
    expect_truth_when_stopped(one);
    expect_truth_after_work(one, 1);
    expect_within_gap(one, 0.2);
    expect_same_twice(one);
  }
}

/// Demands at 0 h and 10 h of a road, sites at 1 h, 5 h and 9 h.
SitingProblem road() {
  HoursTable const table{{1, 5, 9}, {9, 5, 1}};
  return {.tiers = {{.name = "reserve",
                     .hours = costs_of(table, 3),
                     .within = {model::Hours{5}, model::Hours{5}}}}};
}

TEST(Siting, TheHeadersExample) {
  auto problem = road();
  auto plan = site(problem, {}, {}).value();
  EXPECT_EQ(plan.answer.open, (Open{1}));
  EXPECT_EQ(plan.answer.objective, 1);
  problem.losses = 1;
  plan = site(problem, {}, {}).value();
  EXPECT_EQ(plan.answer.open, (Open{0, 1, 2}));
  Service const& first = plan.services[0][0];
  EXPECT_EQ(first.site, 0U);
  EXPECT_EQ(first.time, model::Hours{1});
  EXPECT_EQ(first.after_loss, model::Hours{5});
  EXPECT_EQ(first.within, 2U);
  EXPECT_TRUE(first.met);
}

TEST(Siting, AStandardNoSiteMeetsIsAnAnswer) {
  auto problem = road();
  problem.tiers[0].within[1] = model::Hours{2};
  problem.tiers[0].sites = 2;
  problem.to_line = {geo::Metres{90000}, geo::Metres{60000}, geo::Metres{20000}};
  problem.least_to_line = geo::Metres{25000};
  HoursTable const opened{{1, 5, 9}, {1.5, 2, 1}};
  problem.links = {{"the bridge", {costs_of(opened, 3)}}, {"the ferry", {problem.tiers[0].hours}}};
  auto const plan = site(problem, {}, {}).value();
  EXPECT_FALSE(plan.answer.feasible);
  EXPECT_TRUE(plan.answer.proven);
  ASSERT_EQ(plan.unmet.size(), 1U);
  UnmetStandard const& unmet = plan.unmet.front();
  EXPECT_EQ(unmet.demand, 1U);
  EXPECT_EQ(unmet.wanted, 2U);
  EXPECT_EQ(unmet.had, 0U);
  EXPECT_EQ(unmet.from, 1U);
  EXPECT_EQ(unmet.first, model::Hours{5});
  EXPECT_EQ(unmet.longer, model::Hours{9});
  EXPECT_EQ(unmet.kept_away, (Open{2}));
  EXPECT_EQ(unmet.links, (Open{0}));
  EXPECT_EQ(
      plan.answer.reason,
      "demand 1 needs 2 sites of reserve within 2 hours, and only 0 may stand; site 1 is there "
      "first, in 5 hours; it takes 2 more within the standard, or a standard of 9 hours, or 2 "
      "that must not stand, or the bridge open");
}

TEST(Siting, TooFewSitesAreAnAnswer) {
  auto problem = road();
  problem.losses = 1;
  for (auto const goal : {SitingGoal::kWorstTime, SitingGoal::kMeanTime}) {
    problem.goal = goal;
    problem.most_sites = 2;
    auto const plan = site(problem, {}, {}).value();
    EXPECT_FALSE(plan.answer.feasible);
    EXPECT_TRUE(plan.answer.proven);
    EXPECT_EQ(plan.answer.reason,
              "to meet the standards takes at least 3 sites, and 2 may be open");
  }
  problem.existing = {0, 1, 2};
  EXPECT_EQ(site(problem, {}, {}).value().answer.reason, "3 sites exist, but only 2 may be open");
}

TEST(Siting, RefusesBadInput) {
  auto const message = [](std::function<void(SitingProblem&)> const& change) {
    auto problem = road();
    change(problem);
    auto const result = site(problem, {}, {});
    return result.ok() ? "" : result.error().message;
  };
  EXPECT_EQ(message([](auto& problem) { problem.tiers.clear(); }),
            "no tier given; one at least says what must come");
  EXPECT_EQ(message([](auto& problem) { problem.tiers[0].within.pop_back(); }),
            "tier reserve has 1 standards for 2 demands");
  EXPECT_EQ(message([](auto& problem) { problem.tiers[0].sites = 0; }),
            "tier reserve asks for no site; one at least must reach a demand");
  EXPECT_EQ(message([](auto& problem) { problem.tiers[0].within[0] = model::Hours{-1}; }),
            "the standard of demand 0 in tier reserve is -1 hours");
  EXPECT_EQ(
      message([](auto& problem) { problem.tiers[0].after_loss = {std::nullopt, model::Hours{3}}; }),
      "demand 1 in tier reserve has 5 hours, but only 3 after a loss; it should be no shorter");
  EXPECT_EQ(message([](auto& problem) { problem.cost = {1, -2, 1}; }),
            "costs -2 of site 1: it should be finite and not negative");
  EXPECT_EQ(message([](auto& problem) { problem.weight = {1}; }), "1 weights given for 2 demands");
  EXPECT_EQ(message([](auto& problem) { problem.capacity = {1, 1, 1}; }),
            "capacities and amounts come together");
  EXPECT_EQ(message([](auto& problem) { problem.to_line = {geo::Metres{1}}; }),
            "1 distances to the line given for 3 sites");
  EXPECT_EQ(message([](auto& problem) { problem.goal = SitingGoal::kMeanTime; }),
            "a number of sites is given for every goal but the cheapest, which finds it");
  EXPECT_EQ(message([](auto& problem) { problem.links = {{"the bridge", {}}}; }),
            "the times with link the bridge open do not fit those of the tiers");
  EXPECT_EQ(message([](auto& problem) { problem.forbidden = {7}; }),
            "forbidden site 7 is not among the 3 sites");
}

}  // namespace
}  // namespace guarantor::posture
