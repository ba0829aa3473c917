#include "guarantor/posture/p_center.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stop_token>

#include "p_median_exhaustive.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

CenterProblem problem_of(SmallSiting const& siting) {
  return {.costs = siting.costs(), .weights = siting.weights, .choice = siting.choice};
}

double greatest_of(SmallSiting const& siting, SitingAnswer const& answer) {
  double greatest = 0;
  for (std::size_t i = 0; i < siting.demands; ++i) {
    greatest = std::max(greatest, siting.cost(i, answer.assigned[i]));
  }
  return greatest;
}

void expect_best(SmallSiting const& siting, int number) {
  SCOPED_TRACE(number);
  auto const least = least_center(siting);
  auto const result = p_center(problem_of(siting), {}, {});
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
  EXPECT_NEAR(greatest_of(siting, answer), answer.objective, rounding);
  EXPECT_NEAR(answer.bound, answer.objective, rounding);
  EXPECT_LE(answer.bound, answer.objective);
}

TEST(PCenter, AgreesWithExhaustiveSearch) {
  model::RandomStream stream{4, "p-center"};
  for (int number = 0; number < 600; ++number) {
    expect_best(draw_siting(stream, {.most_demands = 9,
                                     .most_sites = 8,
                                     .whole = number % 3 != 0,
                                     .gaps = number % 2 == 0,
                                     .settled = number % 5 < 3}),
                number);
  }
}

TEST(PCenter, AgreesWithExhaustiveSearchWhereBranchingIsNeeded) {
  model::RandomStream stream{4, "p-center, larger"};
  for (int number = 0; number < 60; ++number) {
    expect_best(draw_siting(stream, {.most_demands = 40,
                                     .most_sites = 13,
                                     .whole = number % 2 == 0,
                                     .gaps = number % 4 == 0,
                                     .settled = number % 3 == 0}),
                number);
  }
}

TEST(PCenter, StoppedAtOnceKeepsTheRulesAndAValidBound) {
  model::RandomStream stream{4, "p-center, stopped"};
  std::stop_source stop;
  stop.request_stop();
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    SmallSiting const siting = draw_siting(
        stream, {.most_demands = 12, .most_sites = 9, .whole = true, .gaps = number % 2 == 0});
    auto const least = least_center(siting);
    for (bool const by_work : {false, true}) {
      SitingRequest const request{.most_work = by_work ? 1 : 0};
      model::RunControl control;
      if (!by_work) {
        control.cancel = stop.get_token();
      }
      SitingAnswer const answer = p_center(problem_of(siting), request, control).value();
      if (least) {
        EXPECT_LE(answer.bound, *least + 1e-9);
      }
      if (answer.feasible) {
        ASSERT_TRUE(least.has_value());
        expect_rules_kept(siting, answer);
        EXPECT_GE(answer.objective, *least - 1e-9);
        EXPECT_NEAR(greatest_of(siting, answer), answer.objective, 1e-9);
      } else {
        EXPECT_FALSE(answer.reason.empty());
      }
    }
  }
}

TEST(PCenter, StopsWithinTheGapAskedFor) {
  model::RandomStream stream{4, "p-center, gap"};
  for (int number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    SmallSiting const siting =
        draw_siting(stream, {.most_demands = 20, .most_sites = 10, .whole = number % 2 == 0});
    auto const least = least_center(siting);
    SitingAnswer const answer = p_center(problem_of(siting), {.gap = 0.15}, {}).value();
    ASSERT_EQ(answer.feasible, least.has_value());
    if (least) {
      EXPECT_TRUE(answer.proven);
      EXPECT_LE(answer.bound, *least + 1e-9);
      EXPECT_GE(answer.bound, answer.objective * 0.85 - 1e-9);
    }
  }
}

TEST(PCenter, SameInputSameAnswer) {
  model::RandomStream stream{4, "p-center, twice"};
  SmallSiting const siting = draw_siting(stream, {.most_demands = 60, .most_sites = 13});
  SitingAnswer const one = p_center(problem_of(siting), {}, {}).value();
  SitingAnswer const two = p_center(problem_of(siting), {}, {}).value();
  EXPECT_EQ(one.open, two.open);
  EXPECT_EQ(one.assigned, two.assigned);
  EXPECT_EQ(one.work, two.work);
  EXPECT_EQ(one.bound, two.bound);
}

TEST(PCenter, ReportsProgressWithBoundBelowObjective) {
  model::RandomStream stream{4, "p-center, progress"};
  SmallSiting siting = draw_siting(stream, {.most_demands = 60, .most_sites = 13});
  siting.choice.count = 1;
  int reports = 0;
  model::RunControl control;
  control.progress = [&](model::Progress const& step) {
    ++reports;
    EXPECT_LE(step.bound.value(), step.objective.value());
  };
  ASSERT_TRUE(p_center(problem_of(siting), {}, control).ok());
  EXPECT_GT(reports, 0);
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
