#include "guarantor/posture/p_median.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stop_token>

#include "p_median_exhaustive.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

MedianProblem problem_of(SmallSiting const& siting) {
  return {.costs = siting.costs(), .weights = siting.weights, .choice = siting.choice};
}

double sum_of(SmallSiting const& siting, SitingAnswer const& answer) {
  double total = 0;
  for (std::size_t i = 0; i < siting.demands; ++i) {
    total += siting.cost(i, answer.assigned[i]);
  }
  return total;
}

void expect_best(SmallSiting const& siting, int number) {
  SCOPED_TRACE(number);
  auto const least = least_median(siting);
  auto const result = p_median(problem_of(siting), {}, {});
  ASSERT_TRUE(result.ok()) << result.error().message;
  SitingAnswer const& answer = result.value();
  ASSERT_EQ(answer.feasible, least.has_value());
  EXPECT_TRUE(answer.proven);
  if (!least) {
    EXPECT_FALSE(answer.reason.empty());
    EXPECT_EQ(answer.bound, kAny);
    return;
  }
  expect_rules_kept(siting, answer);
  double const rounding = 1e-8 * std::max(1.0, *least);
  EXPECT_NEAR(answer.objective, *least, rounding);
  EXPECT_NEAR(sum_of(siting, answer), answer.objective, rounding);
  EXPECT_NEAR(answer.bound, answer.objective, rounding);
  EXPECT_LE(answer.bound, answer.objective);
}

TEST(PMedian, AgreesWithExhaustiveSearch) {
  model::RandomStream stream{4, "p-median"};
  for (int number = 0; number < 600; ++number) {
    expect_best(draw_siting(stream, {.most_demands = 9,
                                     .most_sites = 8,
                                     .whole = number % 3 != 0,
                                     .gaps = number % 2 == 0,
                                     .settled = number % 5 < 3}),
                number);
  }
}

TEST(PMedian, AgreesWithExhaustiveSearchWhereBranchingIsNeeded) {
  model::RandomStream stream{4, "p-median, larger"};
  for (int number = 0; number < 60; ++number) {
    expect_best(draw_siting(stream, {.most_demands = 40,
                                     .most_sites = 13,
                                     .whole = number % 2 == 0,
                                     .gaps = number % 4 == 0,
                                     .settled = number % 3 == 0}),
                number);
  }
}

TEST(PMedian, StoppedAtOnceKeepsTheRulesAndAValidBound) {
  model::RandomStream stream{4, "p-median, stopped"};
  std::stop_source stop;
  stop.request_stop();
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    SmallSiting const siting = draw_siting(
        stream, {.most_demands = 12, .most_sites = 9, .whole = true, .gaps = number % 2 == 0});
    auto const least = least_median(siting);
    for (bool const by_work : {false, true}) {
      SitingRequest const request{.most_work = by_work ? 1 : 0};
      model::RunControl control;
      if (!by_work) {
        control.cancel = stop.get_token();
      }
      SitingAnswer const answer = p_median(problem_of(siting), request, control).value();
      if (least) {
        EXPECT_LE(answer.bound, *least + 1e-9);
      }
      if (answer.feasible) {
        ASSERT_TRUE(least.has_value());
        expect_rules_kept(siting, answer);
        EXPECT_GE(answer.objective, *least - 1e-9);
        EXPECT_NEAR(sum_of(siting, answer), answer.objective, 1e-9);
      } else {
        EXPECT_FALSE(answer.reason.empty());
      }
    }
  }
}

TEST(PMedian, StopsWithinTheGapAskedFor) {
  model::RandomStream stream{4, "p-median, gap"};
  for (int number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    SmallSiting const siting =
        draw_siting(stream, {.most_demands = 20, .most_sites = 10, .whole = number % 2 == 0});
    auto const least = least_median(siting);
    SitingAnswer const answer = p_median(problem_of(siting), {.gap = 0.15}, {}).value();
    ASSERT_EQ(answer.feasible, least.has_value());
    if (least) {
      EXPECT_TRUE(answer.proven);
      EXPECT_LE(answer.bound, *least + 1e-9);
      EXPECT_GE(answer.bound, answer.objective * 0.85 - 1e-9);
    }
  }
}

TEST(PMedian, SameInputSameAnswer) {
  model::RandomStream stream{4, "p-median, twice"};
  SmallSiting const siting = draw_siting(stream, {.most_demands = 60, .most_sites = 13});
  SitingAnswer const one = p_median(problem_of(siting), {}, {}).value();
  SitingAnswer const two = p_median(problem_of(siting), {}, {}).value();
  EXPECT_EQ(one.open, two.open);
  EXPECT_EQ(one.assigned, two.assigned);
  EXPECT_EQ(one.work, two.work);
  EXPECT_EQ(one.bound, two.bound);
}

TEST(PMedian, ReportsProgressWithBoundBelowObjective) {
  model::RandomStream stream{4, "p-median, progress"};
  SmallSiting siting = draw_siting(stream, {.most_demands = 60, .most_sites = 13});
  siting.choice.count = 1;
  int reports = 0;
  model::RunControl control;
  control.progress = [&](model::Progress const& step) {
    ++reports;
    EXPECT_LE(step.bound.value(), step.objective.value());
  };
  ASSERT_TRUE(p_median(problem_of(siting), {}, control).ok());
  EXPECT_GT(reports, 0);
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
