#include "guarantor/posture/capacitated_p_median.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "siting_promises.h"
#include "small_siting.h"

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

std::optional<double> value_of(SmallSiting const& siting, SitingAnswer const& answer) {
  if (!keeps_rules(siting, answer)) {
    return std::nullopt;
  }
  double total = 0;
  std::vector<double> left = siting.capacities;
  for (std::size_t i = 0; i < siting.demands; ++i) {
    total += siting.cost(i, answer.assigned[i]);
    left[answer.assigned[i]] -= siting.quantities[i];
  }
  bool const held = std::all_of(left.begin(), left.end(), [](double room) { return room > -1e-8; });
  return held ? std::optional{total} : std::nullopt;
}

SitingCase case_of(SmallSiting const& siting) {
  return {.solve =
              [problem = problem_of(siting)](auto const& request, auto const& control) {
                return capacitated_p_median(problem, request, control).value();
              },
          .value = [siting](auto const& answer) { return value_of(siting, answer); },
          .best = least_capacitated(siting)};
}

TEST(CapacitatedPMedian, AgreesWithExhaustiveSearch) {
  model::RandomStream stream{4, "capacitated p-median"};
  for (int number = 0; number < 600; ++number) {
    SCOPED_TRACE(number);
    expect_best(case_of(draw_siting(stream, {.most_demands = 7,
                                             .most_sites = 6,
                                             .whole = number % 3 != 0,
                                             .gaps = number % 2 == 0,
                                             .settled = number % 5 < 3,
                                             .tightness = 0.3 + 0.1 * (number % 9)})));
  }
}

TEST(CapacitatedPMedian, AgreesWithExhaustiveSearchWhereBranchingIsNeeded) {
  model::RandomStream stream{4, "capacitated p-median, larger"};
  for (int number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    expect_best(case_of(draw_siting(stream, {.most_demands = 9,
                                             .most_sites = 8,
                                             .whole = number % 2 == 0,
                                             .gaps = number % 4 == 0,
                                             .settled = number % 3 == 0,
                                             .tightness = 0.8})));
  }
}

TEST(CapacitatedPMedian, StoppedAtOnceKeepsTheRulesAndAValidBound) {
  model::RandomStream stream{4, "capacitated p-median, stopped"};
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    SitingCase const one = case_of(draw_siting(stream, {.most_demands = 7,
                                                        .most_sites = 7,
                                                        .whole = true,
                                                        .gaps = number % 2 == 0,
                                                        .tightness = 0.7}));
    expect_truth_when_stopped(one);
    expect_truth_after_work(one, 1);
  }
}

TEST(CapacitatedPMedian, StopsWithinTheGapAskedFor) {
  model::RandomStream stream{4, "capacitated p-median, gap"};
  for (int number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    expect_within_gap(
        case_of(draw_siting(
            stream,
            {.most_demands = 7, .most_sites = 7, .whole = number % 2 == 0, .tightness = 0.6})),
        0.15);
  }
}

TEST(CapacitatedPMedian, SameInputSameAnswer) {
  model::RandomStream stream{4, "capacitated p-median, twice"};
  expect_same_twice(
      case_of(draw_siting(stream, {.most_demands = 9, .most_sites = 8, .tightness = 0.5})));
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
