#include "guarantor/posture/maximal_cover.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "guarantor/model/random_stream.h"
#include "siting_promises.h"

namespace guarantor::posture {
namespace {

constexpr double kBroken = -1;

std::size_t draw(model::RandomStream& stream, std::size_t many) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(many));
}

/// Up to 12 sites and 20 demands; needs of 0 to 2; weights whole or any; any number of sites may
/// open, none and all included.
MaximalCoverProblem random_problem(std::uint64_t seed) {
  model::RandomStream stream{seed, "maximal cover"};
  MaximalCoverProblem problem;
  std::size_t const sites = 1 + draw(stream, 12);
  std::size_t const demands = draw(stream, 21);
  bool const whole = stream.uniform() < 0.6;
  bool const backup = stream.uniform() < 0.4;
  double const density = 0.1 + 0.4 * stream.uniform();
  for (std::size_t demand = 0; demand < demands; ++demand) {
    problem.weight.push_back(whole ? static_cast<double>(draw(stream, 9)) : stream.uniform());
    problem.need.push_back(static_cast<std::uint32_t>(backup ? draw(stream, 3) : 1));
  }
  for (std::size_t site = 0; site < sites; ++site) {
    auto& covers = problem.covers.emplace_back();
    for (std::size_t demand = demands; demand-- > 0;) {
      if (stream.uniform() < density) {
        covers.push_back(static_cast<std::uint32_t>(demand));
      }
    }
    double const given = stream.uniform();
    if (given < 0.06) {
      problem.existing.push_back(site);
    } else if (given < 0.12) {
      problem.forbidden.push_back(site);
    }
  }
  problem.most_open = draw(stream, sites + 2);
  return problem;
}

/// The weight that the open sites cover; kBroken where they break a rule.
double weight_of(MaximalCoverProblem const& problem, std::vector<std::size_t> const& open) {
  std::vector<std::uint32_t> times(problem.weight.size(), 0);
  std::vector<bool> in(problem.covers.size(), false);
  for (std::size_t const site : open) {
    in[site] = true;
    for (std::uint32_t const demand : problem.covers[site]) {
      ++times[demand];
    }
  }
  bool broken = open.size() > problem.most_open;
  for (std::size_t const site : problem.existing) {
    broken = broken || !in[site];
  }
  for (std::size_t const site : problem.forbidden) {
    broken = broken || in[site];
  }
  double weight = 0;
  for (std::size_t demand = 0; demand < times.size(); ++demand) {
    bool const covered = problem.need[demand] > 0 && times[demand] >= problem.need[demand];
    weight += covered ? problem.weight[demand] : 0;
  }
  return broken ? kBroken : weight;
}

double exhaustive_optimum(MaximalCoverProblem const& problem) {
  double best = kBroken;
  for (std::size_t choice = 0; choice < std::size_t{1} << problem.covers.size(); ++choice) {
    std::vector<std::size_t> open;
    for (std::size_t site = 0; site < problem.covers.size(); ++site) {
      if ((choice >> site & 1U) != 0) {
        open.push_back(site);
      }
    }
    best = std::max(best, weight_of(problem, open));
  }
  return best;
}

/// Demands and sites on a square; a site covers what is near.
MaximalCoverProblem on_a_square(std::uint64_t seed, std::uint32_t need) {
  model::RandomStream stream{seed, "square"};
  constexpr std::size_t kSites = 40;
  constexpr std::size_t kDemands = 200;
  constexpr double kReach = 0.2;
  MaximalCoverProblem problem;
  problem.most_open = 7;
  problem.covers.resize(kSites);
  std::vector<std::pair<double, double>> sites;
  for (std::size_t site = 0; site < kSites; ++site) {
    double const x = stream.uniform();
    sites.emplace_back(x, stream.uniform());
  }
  for (std::uint32_t demand = 0; demand < kDemands; ++demand) {
    double const x = stream.uniform();
    double const y = stream.uniform();
    problem.weight.push_back(1 + static_cast<double>(draw(stream, 50)));
    problem.need.push_back(need);
    for (std::size_t site = 0; site < kSites; ++site) {
      double const east = sites[site].first - x;
      double const north = sites[site].second - y;
      if (east * east + north * north <= kReach * kReach) {
        problem.covers[site].push_back(demand);
      }
    }
  }
  return problem;
}

SitingCase case_of(MaximalCoverProblem const& problem, double optimum) {
  return {.solve =
              [problem](auto const& request, auto const& control) {
                return cover_most(problem, request, control).value();
              },
          .value =
              [problem](auto const& answer) {
                double const weight = weight_of(problem, answer.open);
                return weight != kBroken ? std::optional{weight} : std::nullopt;
              },
          .best = optimum != kBroken ? std::optional{optimum} : std::nullopt,
          .most = true};
}

SitingCase square_case(std::uint64_t seed, std::uint32_t need) {
  auto const problem = on_a_square(seed, need);
  auto const answer = cover_most(problem, {}, {}).value();
  EXPECT_TRUE(answer.proven);
  return case_of(problem, answer.objective);
}

TEST(MaximalCover, AgreesWithExhaustiveSearch) {
  int feasible = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    auto const problem = random_problem(seed);
    double const optimum = exhaustive_optimum(problem);
    expect_best(case_of(problem, optimum));
    feasible += optimum != kBroken ? 1 : 0;
  }
  EXPECT_GT(feasible, 300);
}

TEST(MaximalCover, BoundIsNeverBelowTheOptimumHoweverEarlyTheStop) {
  int open = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    SitingCase const one = square_case(seed, 1 + static_cast<std::uint32_t>(seed % 2));
    for (long const work : {1L, 10L, 50L, 200L}) {
      open += expect_truth_after_work(one, work) ? 1 : 0;
    }
  }
  EXPECT_GT(open, 10);
}

TEST(MaximalCover, MoreSitesNeverCoverLess) {
  for (std::uint32_t need : {1U, 2U}) {
    auto problem = on_a_square(5, need);
    double before = 0;
    for (problem.most_open = 0; problem.most_open <= 12; ++problem.most_open) {
      auto const answer = cover_most(problem, {}, {}).value();
      EXPECT_TRUE(answer.proven);
      EXPECT_GE(answer.objective, before);
      before = answer.objective;
    }
  }
}

TEST(MaximalCover, StoppedAtOnceItStillTellsTheTruth) {
  EXPECT_TRUE(expect_truth_when_stopped(square_case(3, 1)));
}

TEST(MaximalCover, SameInputSameAnswerAndProgressOnTheScaleOfTheObjective) {
  SitingCase const one = square_case(4, 2);
  expect_same_twice(one);
  expect_progress(one);
}

TEST(MaximalCover, TheHeadersExample) {
  auto const answer =
      cover_most({.weight = {3, 4, 5}, .need = {1, 1, 1}, .covers = {{0, 1}, {2}}, .most_open = 1},
                 {}, {})
          .value();
  EXPECT_EQ(answer.objective, 7);
  EXPECT_EQ(answer.open, (std::vector<std::size_t>{0}));
  EXPECT_EQ(answer.assigned, (std::vector<std::size_t>{0, 0, kUnassigned}));
}

TEST(MaximalCover, NothingToCoverOrNothingToOpen) {
  EXPECT_EQ(cover_most({}, {}, {}).value().objective, 0);
  MaximalCoverProblem problem{.weight = {5}, .need = {1}, .covers = {{0}}, .most_open = 0};
  auto const none = cover_most(problem, {}, {}).value();
  EXPECT_TRUE(none.proven);
  EXPECT_EQ(none.bound, 0);
  problem.existing = {0};
  auto const existing = cover_most(problem, {}, {}).value();
  EXPECT_FALSE(existing.feasible);
  EXPECT_EQ(existing.reason, "1 sites exist and at most 0 may open");
}

TEST(MaximalCover, RefusesBadInput) {
  auto const message = [](MaximalCoverProblem const& problem) {
    auto const result = cover_most(problem, {}, {});
    return result.ok() ? "" : result.error().message;
  };
  EXPECT_EQ(message({.weight = {1}, .need = {}}),
            "1 demands have a weight but 0 say how many sites they need");
  EXPECT_EQ(message({.weight = {-1}, .need = {1}}),
            "demand 0 weighs -1: a weight is finite and not negative");
  EXPECT_EQ(message({.weight = {1}, .need = {1}, .covers = {{1}}}),
            "site 0 covers demand 1, but there are 1 demands");
  EXPECT_EQ(message({.weight = {1}, .need = {1}, .covers = {{0}}, .forbidden = {3}}),
            "forbidden site 3 is not among the 1 sites");
  EXPECT_EQ(
      message({.weight = {1}, .need = {1}, .covers = {{0}}, .existing = {0}, .forbidden = {0}}),
      "site 0 is both existing and forbidden");
}

}  // namespace
}  // namespace guarantor::posture
