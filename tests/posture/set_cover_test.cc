#include "guarantor/posture/set_cover.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "guarantor/model/random_stream.h"
#include "siting_promises.h"

namespace guarantor::posture {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

std::size_t draw(model::RandomStream& stream, std::size_t many) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(many));
}

/// Up to 14 columns on up to 12 rows; needs of 0 to 2; costs whole, equal or any.
SetCoverProblem random_problem(std::uint64_t seed) {
  model::RandomStream stream{seed, "set cover"};
  SetCoverProblem problem;
  std::size_t const columns = 1 + draw(stream, 14);
  std::size_t const rows = draw(stream, 13);
  std::size_t const kind = draw(stream, 3);
  double const density = 0.15 + 0.5 * stream.uniform();
  bool const backup = stream.uniform() < 0.4;
  for (std::size_t row = 0; row < rows; ++row) {
    problem.need.push_back(
        static_cast<std::uint32_t>(backup ? draw(stream, 3) : (stream.uniform() < 0.05 ? 0 : 1)));
  }
  for (std::size_t column = 0; column < columns; ++column) {
    double const cost = kind == 0   ? 1
                        : kind == 1 ? static_cast<double>(draw(stream, 9))
                                    : 10 * stream.uniform();
    problem.cost.push_back(cost);
    auto& covers = problem.covers.emplace_back();
    for (std::size_t row = rows; row-- > 0;) {
      if (stream.uniform() < density) {
        covers.push_back(static_cast<std::uint32_t>(row));
      }
    }
    double const given = stream.uniform();
    if (given < 0.05) {
      problem.existing.push_back(column);
    } else if (given < 0.12) {
      problem.forbidden.push_back(column);
    }
  }
  return problem;
}

/// What the chosen columns cost; kNone where they break a rule.
double cost_of(SetCoverProblem const& problem, std::vector<std::size_t> const& open) {
  std::vector<std::uint32_t> times(problem.need.size(), 0);
  std::vector<bool> in(problem.cost.size(), false);
  double cost = 0;
  for (std::size_t const column : open) {
    cost += problem.cost[column];
    in[column] = true;
    for (std::uint32_t const row : problem.covers[column]) {
      ++times[row];
    }
  }
  for (std::size_t const column : problem.existing) {
    cost += in[column] ? 0 : kNone;
  }
  for (std::size_t const column : problem.forbidden) {
    cost += in[column] ? kNone : 0;
  }
  for (std::size_t row = 0; row < times.size(); ++row) {
    cost += times[row] < problem.need[row] ? kNone : 0;
  }
  return cost;
}

double exhaustive_optimum(SetCoverProblem const& problem) {
  double best = kNone;
  for (std::size_t choice = 0; choice < std::size_t{1} << problem.cost.size(); ++choice) {
    std::vector<std::size_t> open;
    for (std::size_t column = 0; column < problem.cost.size(); ++column) {
      if ((choice >> column & 1U) != 0) {
        open.push_back(column);
      }
    }
    best = std::min(best, cost_of(problem, open));
  }
  return best;
}

/// A case on which bound and cover differ until it is searched: columns of few rows at like costs.
SetCoverProblem hard_problem(std::uint64_t seed, std::size_t rows, std::size_t columns) {
  model::RandomStream stream{seed, "hard set cover"};
  SetCoverProblem problem;
  problem.need.assign(rows, 1);
  for (std::size_t column = 0; column < columns; ++column) {
    problem.cost.push_back(1 + static_cast<double>(draw(stream, 3)));
    auto& covers = problem.covers.emplace_back();
    for (std::size_t row = 0; row < rows; ++row) {
      if (stream.uniform() < 0.12) {
        covers.push_back(static_cast<std::uint32_t>(row));
      }
    }
  }
  for (std::size_t row = 0; row < rows; ++row) {
    problem.covers[row % columns].push_back(static_cast<std::uint32_t>(row));
  }
  return problem;
}

SitingCase case_of(SetCoverProblem const& problem, double optimum) {
  return {
      .solve = [problem](auto const& request,
                         auto const& control) { return cover(problem, request, control).value(); },
      .value =
          [problem](auto const& answer) {
            double const cost = cost_of(problem, answer.open);
            return cost < kNone ? std::optional{cost} : std::nullopt;
          },
      .best = optimum < kNone ? std::optional{optimum} : std::nullopt};
}

SitingCase hard_case(std::uint64_t seed) {
  auto const problem = hard_problem(seed, 60, 50);
  auto const answer = cover(problem, {}, {}).value();
  EXPECT_TRUE(answer.proven);
  return case_of(problem, answer.objective);
}

TEST(SetCover, AgreesWithExhaustiveSearch) {
  int feasible = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    auto const problem = random_problem(seed);
    double const optimum = exhaustive_optimum(problem);
    expect_best(case_of(problem, optimum));
    feasible += optimum < kNone ? 1 : 0;
  }
  EXPECT_GT(feasible, 150);
}

TEST(SetCover, BoundIsNeverAboveTheOptimumHoweverEarlyTheStop) {
  int open = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    SitingCase const one = hard_case(seed);
    for (long const work : {1L, 10L, 100L, 300L, 600L, 1000L}) {
      open += expect_truth_after_work(one, work) ? 1 : 0;
    }
  }
  EXPECT_GT(open, 20);
}

TEST(SetCover, KeepsWithinTheGapAskedFor) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    expect_within_gap(hard_case(seed), 0.1);
  }
}

TEST(SetCover, StoppedAtOnceItStillTellsTheTruth) {
  EXPECT_TRUE(expect_truth_when_stopped(hard_case(7)));
}

TEST(SetCover, SameInputSameAnswer) {
  expect_same_twice(hard_case(3));
}

TEST(SetCover, ReportsProgress) {
  EXPECT_TRUE(expect_progress(hard_case(3)));
}

/// Budgets at, just below and above the optimum, and elsewhere.
std::vector<double> budgets_about(model::RandomStream& stream, double optimum) {
  double const about = optimum < kNone ? optimum : 10;
  return {about, about - 1e-3, about + 1e-3, about - 1, about / 2, 2 * about * stream.uniform()};
}

TEST(SetCover, WithABudgetItSaysWhetherACoverKeepsIt) {
  model::RandomStream stream{5, "budget"};
  int kept = 0;
  int broken = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    auto problem = random_problem(seed);
    double const optimum = exhaustive_optimum(problem);
    for (double const budget : budgets_about(stream, optimum)) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", budget " << budget);
      problem.budget = budget;
      auto const answer = cover(problem, {}, {}).value();
      EXPECT_TRUE(answer.proven);
      ASSERT_EQ(answer.feasible, optimum <= budget) << answer.reason;
      if (answer.feasible) {
        ++kept;
        EXPECT_NEAR(cost_of(problem, answer.open), answer.objective, 1e-9);
        EXPECT_LE(answer.objective, budget + 1e-6);
        EXPECT_LE(answer.bound, optimum + 1e-9);
      } else if (optimum < kNone) {
        ++broken;
        EXPECT_GE(answer.bound, budget);
        EXPECT_LE(answer.bound, optimum + 1e-9);
        EXPECT_EQ(answer.reason.rfind("every cover costs more than ", 0), 0U) << answer.reason;
      }
    }
  }
  EXPECT_GT(kept, 200);
  EXPECT_GT(broken, 200);
}

TEST(SetCover, WithABudgetStoppedEarlyItClaimsNothingFalse) {
  int unknown = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto problem = hard_problem(seed, 60, 50);
    double const optimum = cover(problem, {}, {}).value().objective;
    for (double const budget : {optimum - 1, optimum, optimum + 1}) {
      for (long const work : {1L, 20L, 200L}) {
        SCOPED_TRACE(testing::Message() << seed << ", " << budget - optimum << ", " << work);
        problem.budget = budget;
        auto const answer = cover(problem, {.most_work = work}, {}).value();
        EXPECT_LE(answer.bound, optimum + 1e-9);
        EXPECT_FALSE(answer.feasible && budget < optimum);
        EXPECT_FALSE(answer.proven && answer.feasible != (optimum <= budget));
        unknown += answer.proven ? 0 : 1;
      }
    }
  }
  EXPECT_GT(unknown, 5);
}

TEST(SetCover, TheHeadersExample) {
  auto const answer =
      cover({.cost = {3, 2, 2}, .covers = {{0, 1}, {0}, {1}}, .need = {1, 1}}, {}, {}).value();
  EXPECT_EQ(answer.objective, 3);
  EXPECT_EQ(answer.open, (std::vector<std::size_t>{0}));
  EXPECT_EQ(answer.assigned, (std::vector<std::size_t>{0, 0}));
}

TEST(SetCover, NamesTheRowThatCannotBeCovered) {
  SetCoverProblem problem{
      .cost = {1, 1}, .covers = {{0, 1}, {0}}, .need = {1, 2}, .existing = {}, .forbidden = {}};
  auto const answer = cover(problem, {}, {}).value();
  EXPECT_FALSE(answer.feasible);
  EXPECT_TRUE(answer.proven);
  EXPECT_EQ(answer.reason, "row 1 needs 2 and only 1 columns can cover it");
  problem.need = {1, 1};
  problem.forbidden = {0};
  EXPECT_EQ(cover(problem, {}, {}).value().reason, "row 1 needs 1 and only 0 columns can cover it");
}

TEST(SetCover, NothingToCoverCostsWhatIsForced) {
  EXPECT_EQ(cover({}, {}, {}).value().objective, 0);
  auto const answer =
      cover({.cost = {4, 1}, .covers = {{}, {}}, .need = {}, .existing = {0}}, {}, {}).value();
  EXPECT_TRUE(answer.proven);
  EXPECT_EQ(answer.objective, 4);
  EXPECT_EQ(answer.open, (std::vector<std::size_t>{0}));
}

TEST(SetCover, RefusesBadInput) {
  auto const message = [](SetCoverProblem const& problem) {
    auto const result = cover(problem, {}, {});
    return result.ok() ? "" : result.error().message;
  };
  EXPECT_EQ(message({.cost = {1}, .covers = {}, .need = {}}),
            "1 columns have a cost but 0 say what they cover");
  EXPECT_EQ(message({.cost = {-1}, .covers = {{}}, .need = {}}),
            "column 0 costs -1: a cost is finite and not negative");
  EXPECT_EQ(message({.cost = {kNone}, .covers = {{}}, .need = {}}),
            "column 0 costs inf: a cost is finite and not negative");
  EXPECT_EQ(message({.cost = {1}, .covers = {{2}}, .need = {1}}),
            "column 0 covers row 2, but there are 1 rows");
  EXPECT_EQ(message({.cost = {1}, .covers = {{}}, .need = {}, .existing = {1}}),
            "existing site 1 is not among the 1 sites");
  EXPECT_EQ(message({.cost = {1}, .covers = {{}}, .need = {}, .existing = {0}, .forbidden = {0}}),
            "site 0 is both existing and forbidden");
}

}  // namespace
}  // namespace guarantor::posture
