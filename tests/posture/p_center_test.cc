#include "guarantor/posture/p_center.h"

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

CenterProblem problem_of(SmallSiting const& siting) {
  return {.costs = siting.costs(), .weights = siting.weights, .choice = siting.choice};
}

std::optional<double> value_of(SmallSiting const& siting, SitingAnswer const& answer) {
  if (!keeps_rules(siting, answer)) {
    return std::nullopt;
  }
  double total = 0;
  for (std::size_t i = 0; i < siting.demands; ++i) {
    total = std::max(total, siting.cost(i, answer.assigned[i]));
  }
  return total;
}

SitingCase case_of(SmallSiting const& siting) {
  return {.solve = [problem = problem_of(siting)](
                       auto const& request,
                       auto const& control) { return p_center(problem, request, control).value(); },
          .value = [siting](auto const& answer) { return value_of(siting, answer); },
          .best = least_center(siting)};
}

TEST(PCenter, AgreesWithExhaustiveSearch) {
  model::RandomStream stream{4, "p-center"};
  for (int number = 0; number < 600; ++number) {
    SCOPED_TRACE(number);
    expect_best(case_of(draw_siting(stream, {.most_demands = 9,
                                             .most_sites = 8,
                                             .whole = number % 3 != 0,
                                             .gaps = number % 2 == 0,
                                             .settled = number % 5 < 3})));
  }
}

TEST(PCenter, AgreesWithExhaustiveSearchWhereBranchingIsNeeded) {
  model::RandomStream stream{4, "p-center, larger"};
  for (int number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    expect_best(case_of(draw_siting(stream, {.most_demands = 40,
                                             .most_sites = 13,
                                             .whole = number % 2 == 0,
                                             .gaps = number % 4 == 0,
                                             .settled = number % 3 == 0})));
  }
}

TEST(PCenter, StoppedAtOnceKeepsTheRulesAndAValidBound) {
  model::RandomStream stream{4, "p-center, stopped"};
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    SitingCase const one = case_of(draw_siting(
        stream, {.most_demands = 12, .most_sites = 9, .whole = true, .gaps = number % 2 == 0}));
    expect_truth_when_stopped(one);
    expect_truth_after_work(one, 1);
  }
}

TEST(PCenter, StopsWithinTheGapAskedFor) {
  model::RandomStream stream{4, "p-center, gap"};
  for (int number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    expect_within_gap(
        case_of(
            draw_siting(stream, {.most_demands = 20, .most_sites = 10, .whole = number % 2 == 0})),
        0.15);
  }
}

TEST(PCenter, SameInputSameAnswer) {
  model::RandomStream stream{4, "p-center, twice"};
  expect_same_twice(case_of(draw_siting(stream, {.most_demands = 60, .most_sites = 13})));
}

TEST(PCenter, ReportsProgressWithBoundBelowObjective) {
  model::RandomStream stream{4, "p-center, progress"};
  SmallSiting siting = draw_siting(stream, {.most_demands = 60, .most_sites = 13});
  siting.choice.count = 1;
  EXPECT_TRUE(expect_progress(case_of(siting)));
}

TEST(PCenter, NobodyToServe) {
  CenterProblem const problem{.costs = SiteCosts::from_table(0, 3, {}).value(),
                              .choice = {.count = 2, .existing = {2}}};
  SitingAnswer const answer = p_center(problem, {}, {}).value();
  EXPECT_TRUE(answer.feasible);
  EXPECT_EQ(answer.open.size(), 2U);
  EXPECT_EQ(answer.objective, 0);
}

TEST(PCenter, SaysWhyNothingIsPossible) {
  std::vector<double> const table{1, kAny, 2, kAny, kAny, kAny};
  SiteCosts const costs = SiteCosts::from_table(2, 3, table).value();
  auto const reason = [&](SiteChoice choice) {
    SitingAnswer const answer =
        p_center({.costs = costs, .choice = std::move(choice)}, {}, {}).value();
    EXPECT_FALSE(answer.feasible);
    EXPECT_TRUE(answer.proven);
    return answer.reason;
  };
  EXPECT_EQ(reason({.count = 2}), "demand 1 can be served by no site that may be open");
  EXPECT_EQ(reason({.count = 4}), "4 sites are asked for, but only 3 may be opened");
  EXPECT_EQ(reason({.count = 1, .existing = {0, 1}}), "2 sites exist, but only 1 may be open");
  EXPECT_EQ(reason({.count = 0}), "demand 1 can be served by no site that may be open");
}

TEST(PCenter, RefusesWhatMakesNoSense) {
  SiteCosts const costs = SiteCosts::from_table(1, 2, std::vector<double>{1, 2}).value();
  EXPECT_FALSE(p_center({.costs = costs, .choice = {.count = 1, .forbidden = {2}}}, {}, {}).ok());
  EXPECT_FALSE(p_center({.costs = costs, .weights = {kAny}, .choice = {.count = 1}}, {}, {}).ok());
}

}  // namespace
}  // namespace guarantor::posture
