#include "guarantor/posture/capacitated_p_median.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stop_token>

#include "p_median_exhaustive.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

CapacitatedMedianProblem problem_of(SmallSiting const& siting) {
  return {.costs = siting.costs(),
          .weights = siting.weights,
          .quantities = siting.quantities,
          .capacities = siting.capacities,
          .choice = siting.choice};
}

double sum_of(SmallSiting const& siting, SitingAnswer const& answer) {
  double total = 0;
  for (std::size_t i = 0; i < siting.demands; ++i) {
    total += siting.cost(i, answer.assigned[i]);
  }
  return total;
}

void expect_within_capacity(SmallSiting const& siting, SitingAnswer const& answer) {
  std::vector<double> load(siting.sites, 0);
  for (std::size_t i = 0; i < siting.demands; ++i) {
    load[answer.assigned[i]] += siting.quantities[i];
  }
  for (std::size_t j = 0; j < siting.sites; ++j) {
    EXPECT_LE(load[j], siting.capacities[j] + 1e-8) << "site " << j;
  }
}

void expect_best(SmallSiting const& siting, int number) {
  SCOPED_TRACE(number);
  auto const least = least_capacitated(siting);
  auto const result = capacitated_p_median(problem_of(siting), {}, {});
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
  expect_within_capacity(siting, answer);
  double const rounding = 1e-8 * std::max(1.0, *least);
  EXPECT_NEAR(answer.objective, *least, rounding);
  EXPECT_NEAR(sum_of(siting, answer), answer.objective, rounding);
  EXPECT_NEAR(answer.bound, answer.objective, rounding);
  EXPECT_LE(answer.bound, answer.objective);
}

TEST(CapacitatedPMedian, AgreesWithExhaustiveSearch) {
  model::RandomStream stream{4, "capacitated p-median"};
  for (int number = 0; number < 600; ++number) {
    expect_best(draw_siting(stream, {.most_demands = 7,
                                     .most_sites = 6,
                                     .whole = number % 3 != 0,
                                     .gaps = number % 2 == 0,
                                     .settled = number % 5 < 3,
                                     .tightness = 0.3 + 0.1 * (number % 9)}),
                number);
  }
}

TEST(CapacitatedPMedian, AgreesWithExhaustiveSearchWhereBranchingIsNeeded) {
  model::RandomStream stream{4, "capacitated p-median, larger"};
  for (int number = 0; number < 60; ++number) {
    expect_best(draw_siting(stream, {.most_demands = 9,
                                     .most_sites = 8,
                                     .whole = number % 2 == 0,
                                     .gaps = number % 4 == 0,
                                     .settled = number % 3 == 0,
                                     .tightness = 0.8}),
                number);
  }
}

TEST(CapacitatedPMedian, StoppedAtOnceKeepsTheRulesAndAValidBound) {
  model::RandomStream stream{4, "capacitated p-median, stopped"};
  std::stop_source stop;
  stop.request_stop();
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    SmallSiting const siting = draw_siting(stream, {.most_demands = 7,
                                                    .most_sites = 7,
                                                    .whole = true,
                                                    .gaps = number % 2 == 0,
                                                    .tightness = 0.7});
    auto const least = least_capacitated(siting);
    for (bool const by_work : {false, true}) {
      SitingRequest const request{.most_work = by_work ? 1 : 0};
      model::RunControl control;
      if (!by_work) {
        control.cancel = stop.get_token();
      }
      SitingAnswer const answer =
          capacitated_p_median(problem_of(siting), request, control).value();
      if (least) {
        EXPECT_LE(answer.bound, *least + 1e-9);
      }
      if (answer.feasible) {
        ASSERT_TRUE(least.has_value());
        expect_rules_kept(siting, answer);
        expect_within_capacity(siting, answer);
        EXPECT_GE(answer.objective, *least - 1e-9);
        EXPECT_NEAR(sum_of(siting, answer), answer.objective, 1e-9);
      } else {
        EXPECT_FALSE(answer.reason.empty());
      }
    }
  }
}

TEST(CapacitatedPMedian, StopsWithinTheGapAskedFor) {
  model::RandomStream stream{4, "capacitated p-median, gap"};
  for (int number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    SmallSiting const siting = draw_siting(
        stream, {.most_demands = 7, .most_sites = 7, .whole = number % 2 == 0, .tightness = 0.6});
    auto const least = least_capacitated(siting);
    SitingAnswer const answer = capacitated_p_median(problem_of(siting), {.gap = 0.15}, {}).value();
    ASSERT_EQ(answer.feasible, least.has_value());
    if (least) {
      EXPECT_TRUE(answer.proven);
      EXPECT_LE(answer.bound, *least + 1e-9);
      EXPECT_GE(answer.bound, answer.objective * 0.85 - 1e-9);
    }
  }
}

TEST(CapacitatedPMedian, SameInputSameAnswer) {
  model::RandomStream stream{4, "capacitated p-median, twice"};
  SmallSiting const siting =
      draw_siting(stream, {.most_demands = 25, .most_sites = 9, .tightness = 0.5});
  SitingAnswer const one = capacitated_p_median(problem_of(siting), {}, {}).value();
  SitingAnswer const two = capacitated_p_median(problem_of(siting), {}, {}).value();
  EXPECT_EQ(one.open, two.open);
  EXPECT_EQ(one.assigned, two.assigned);
  EXPECT_EQ(one.work, two.work);
  EXPECT_EQ(one.bound, two.bound);
}

TEST(CapacitatedPMedian, NobodyToServe) {
  CapacitatedMedianProblem const problem{.costs = SiteCosts::from_table(0, 3, {}).value(),
                                         .capacities = {1, 1, 1},
                                         .choice = {.count = 2, .existing = {2}}};
  SitingAnswer const answer = capacitated_p_median(problem, {}, {}).value();
  EXPECT_TRUE(answer.feasible);
  EXPECT_EQ(answer.open.size(), 2U);
  EXPECT_EQ(answer.objective, 0);
}

TEST(CapacitatedPMedian, SaysWhyNothingIsPossible) {
  std::vector<double> const table{1, 2, 1, kAny, 3, 1};
  CapacitatedMedianProblem problem{.costs = SiteCosts::from_table(3, 2, table).value(),
                                   .quantities = {4, 4, 4},
                                   .capacities = {6, 6},
                                   .choice = {.count = 2}};
  auto const reason = [&] {
    SitingAnswer const answer = capacitated_p_median(problem, {}, {}).value();
    EXPECT_FALSE(answer.feasible);
    EXPECT_TRUE(answer.proven);
    return answer.reason;
  };
  EXPECT_EQ(reason(), "no 2 sites together hold every demand");  // three of four into two of six
  problem.quantities = {4, 4, 5};
  EXPECT_EQ(reason(), "the demands take 13, but the 2 largest sites hold only 12");
  problem.quantities = {4, 7, 1};
  EXPECT_EQ(reason(), "demand 1 takes 7, more than any site that could serve it holds");
  problem.choice.forbidden = {0};
  problem.choice.count = 1;
  EXPECT_EQ(reason(), "demand 1 can be served by no site that may be open");
}

TEST(CapacitatedPMedian, RefusesWhatMakesNoSense) {
  CapacitatedMedianProblem problem{
      .costs = SiteCosts::from_table(1, 2, std::vector<double>{1, 2}).value(),
      .quantities = {1},
      .capacities = {1},
      .choice = {.count = 1}};
  EXPECT_FALSE(capacitated_p_median(problem, {}, {}).ok());
  problem.capacities = {1, -1};
  EXPECT_FALSE(capacitated_p_median(problem, {}, {}).ok());
  problem.capacities = {1, 1};
  EXPECT_TRUE(capacitated_p_median(problem, {}, {}).ok());
  problem.quantities = {std::nan("")};
  EXPECT_FALSE(capacitated_p_median(problem, {}, {}).ok());
  problem.quantities = {};
  EXPECT_FALSE(capacitated_p_median(problem, {}, {}).ok());
}

}  // namespace
}  // namespace guarantor::posture
