#include "guarantor/posture/p_median.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "siting_promises.h"
#include "small_siting.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

MedianProblem problem_of(SmallSiting const& siting) {
  return {.costs = siting.costs(), .weights = siting.weights, .choice = siting.choice};
}

std::optional<double> value_of(SmallSiting const& siting, SitingAnswer const& answer) {
  if (!keeps_rules(siting, answer)) {
    return std::nullopt;
  }
  double total = 0;
  for (std::size_t i = 0; i < siting.demands; ++i) {
    total += siting.cost(i, answer.assigned[i]);
  }
  return total;
}

SitingCase case_of(SmallSiting const& siting) {
  return {.solve = [problem = problem_of(siting)](
                       auto const& request,
                       auto const& control) { return p_median(problem, request, control).value(); },
          .value = [siting](auto const& answer) { return value_of(siting, answer); },
          .best = least_median(siting)};
}

TEST(PMedian, AgreesWithExhaustiveSearch) {
  model::RandomStream stream{4, "p-median"};
  for (int number = 0; number < 600; ++number) {
    SCOPED_TRACE(number);
    expect_best(case_of(draw_siting(stream, {.most_demands = 9,
                                             .most_sites = 8,
                                             .whole = number % 3 != 0,
                                             .gaps = number % 2 == 0,
                                             .settled = number % 5 < 3})));
  }
}

TEST(PMedian, AgreesWithExhaustiveSearchWhereBranchingIsNeeded) {
  model::RandomStream stream{4, "p-median, larger"};
  for (int number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    expect_best(case_of(draw_siting(stream, {.most_demands = 40,
                                             .most_sites = 13,
                                             .whole = number % 2 == 0,
                                             .gaps = number % 4 == 0,
                                             .settled = number % 3 == 0})));
  }
}

TEST(PMedian, StoppedAtOnceKeepsTheRulesAndAValidBound) {
  model::RandomStream stream{4, "p-median, stopped"};
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    SitingCase const one = case_of(draw_siting(
        stream, {.most_demands = 12, .most_sites = 9, .whole = true, .gaps = number % 2 == 0}));
    expect_truth_when_stopped(one);
    expect_truth_after_work(one, 1);
  }
}

TEST(PMedian, StopsWithinTheGapAskedFor) {
  model::RandomStream stream{4, "p-median, gap"};
  for (int number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    expect_within_gap(
        case_of(
            draw_siting(stream, {.most_demands = 20, .most_sites = 10, .whole = number % 2 == 0})),
        0.15);
  }
}

TEST(PMedian, SameInputSameAnswer) {
  model::RandomStream stream{4, "p-median, twice"};
  expect_same_twice(case_of(draw_siting(stream, {.most_demands = 60, .most_sites = 13})));
}

TEST(PMedian, ReportsProgressWithBoundBelowObjective) {
  model::RandomStream stream{4, "p-median, progress"};
  SmallSiting siting = draw_siting(stream, {.most_demands = 60, .most_sites = 13});
  siting.choice.count = 1;
  EXPECT_TRUE(expect_progress(case_of(siting)));
}

TEST(PMedian, NobodyToServe) {
  MedianProblem const problem{.costs = SiteCosts::from_table(0, 3, {}).value(),
                              .choice = {.count = 2, .existing = {2}}};
  SitingAnswer const answer = p_median(problem, {}, {}).value();
  EXPECT_TRUE(answer.feasible);
  EXPECT_EQ(answer.open.size(), 2U);
  EXPECT_EQ(answer.objective, 0);
}

TEST(PMedian, SaysWhyNothingIsPossible) {
  std::vector<double> const table{1, kAny, 2, kAny, kAny, kAny};
  SiteCosts const costs = SiteCosts::from_table(2, 3, table).value();
  auto const reason = [&](SiteChoice choice) {
    SitingAnswer const answer =
        p_median({.costs = costs, .choice = std::move(choice)}, {}, {}).value();
    EXPECT_FALSE(answer.feasible);
    EXPECT_TRUE(answer.proven);
    return answer.reason;
  };
  EXPECT_EQ(reason({.count = 2}), "demand 1 can be served by no site that may be open");
  EXPECT_EQ(reason({.count = 4}), "4 sites are asked for, but only 3 may be opened");
  EXPECT_EQ(reason({.count = 1, .existing = {0, 1}}), "2 sites exist, but only 1 may be open");
  EXPECT_EQ(reason({.count = 0}), "no site may be open, so no demand is served");
}

TEST(PMedian, RefusesWhatMakesNoSense) {
  SiteCosts const costs = SiteCosts::from_table(1, 2, std::vector<double>{1, 2}).value();
  EXPECT_FALSE(p_median({.costs = costs, .choice = {.count = 1, .existing = {2}}}, {}, {}).ok());
  EXPECT_FALSE(
      p_median({.costs = costs, .choice = {.count = 1, .existing = {0}, .forbidden = {0}}}, {}, {})
          .ok());
  EXPECT_FALSE(p_median({.costs = costs, .weights = {-1}, .choice = {.count = 1}}, {}, {}).ok());
  EXPECT_FALSE(p_median({.costs = costs, .weights = {1, 1}, .choice = {.count = 1}}, {}, {}).ok());
  EXPECT_FALSE(SiteCosts::from_table(1, 2, std::vector<double>{1, -2}).ok());
  EXPECT_FALSE(SiteCosts::from_table(1, 2, std::vector<double>{1, std::nan("")}).ok());
  EXPECT_FALSE(SiteCosts::from_table(1, 2, std::vector<double>{1}).ok());
  EXPECT_FALSE(SiteCosts::from_pairs(1, 2, {{.demand = 0, .site = 2, .cost = 1}}).ok());
  EXPECT_FALSE(SiteCosts::from_pairs(1, 2, {{.demand = 0, .site = 1, .cost = kAny}}).ok());
}

TEST(PMedian, PairsAndTableAreTheSame) {
  SiteCosts const costs = SiteCosts::from_pairs(2, 2,
                                                {{.demand = 1, .site = 1, .cost = 3},
                                                 {.demand = 0, .site = 0, .cost = 2},
                                                 {.demand = 1, .site = 1, .cost = 5},
                                                 {.demand = 1, .site = 0, .cost = 4}})
                              .value();
  SitingAnswer const one = p_median({.costs = costs, .choice = {.count = 1}}, {}, {}).value();
  EXPECT_EQ(one.open, std::vector<std::size_t>{0});
  EXPECT_EQ(one.objective, 6);
  SitingAnswer const two = p_median({.costs = costs, .choice = {.count = 2}}, {}, {}).value();
  EXPECT_EQ(two.objective, 5);
}

}  // namespace
}  // namespace guarantor::posture
