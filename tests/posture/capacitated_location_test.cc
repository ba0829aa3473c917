#include "guarantor/posture/capacitated_location.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <stop_token>

#include "guarantor/model/random_stream.h"

namespace guarantor::posture {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr double kClose = 1e-6;

std::size_t draw(model::RandomStream& stream, std::size_t many) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(many));
}

/// Up to 7 sites and 8 demands of whole amounts, none included; capacities from too tight to ample;
/// some services missing.
CapacitatedLocationProblem random_problem(std::uint64_t seed) {
  model::RandomStream stream{seed, "capacitated location"};
  CapacitatedLocationProblem problem;
  std::size_t const sites = 1 + draw(stream, 7);
  std::size_t const demands = draw(stream, 9);
  double const missing = stream.uniform() < 0.5 ? 0 : 0.3 * stream.uniform();
  std::size_t const room = 4 + draw(stream, 16);
  bool const alike = stream.uniform() < 0.4;
  for (std::size_t site = 0; site < sites; ++site) {
    problem.open_cost.push_back(static_cast<double>(draw(stream, 40)));
    problem.capacity.push_back(static_cast<double>(alike ? room : draw(stream, room)));
    double const given = stream.uniform();
    if (given < 0.06) {
      problem.existing.push_back(site);
    } else if (given < 0.12) {
      problem.forbidden.push_back(site);
    }
  }
  for (std::size_t demand = 0; demand < demands; ++demand) {
    problem.amount.push_back(static_cast<double>(draw(stream, 7)));
    auto& services = problem.services.emplace_back();
    for (std::size_t site = 0; site < sites; ++site) {
      if (stream.uniform() >= missing) {
        services.push_back({static_cast<std::uint32_t>(site), 30 * stream.uniform()});
      }
    }
  }
  return problem;
}

/// Least cost of serving whole amounts unit by unit from the open sites: shortest augmenting paths
/// by Bellman and Ford's method, plain and slow.
class SlowTransport {
 public:
  SlowTransport(CapacitatedLocationProblem const& problem, std::vector<bool> const& open)
      : demands_{problem.amount.size()}, room_{problem.capacity} {
    cost_.assign(demands_, std::vector<double>(open.size(), kNone));
    flow_.assign(demands_, std::vector<double>(open.size(), 0));
    for (std::size_t i = 0; i < demands_; ++i) {
      for (auto const& service : problem.services[i]) {
        if (open[service.site]) {
          cost_[i][service.site] = service.cost / std::max(problem.amount[i], 1.0);
        }
      }
    }
  }

  /// The cost of one unit more of a demand, which is then served; kNone where there is no way.
  double add(std::size_t demand) {
    std::size_t const sites = room_.size();
    std::vector<double> distance(sites, kNone);
    std::vector<std::pair<std::size_t, std::size_t>> before(sites, {sites, demand});
    distance = cost_[demand];
    for (std::size_t round = 0; round < sites; ++round) {
      for (std::size_t from = 0; from < sites; ++from) {
        for (std::size_t i = 0; i < demands_; ++i) {
          for (std::size_t to = 0; flow_[i][from] > 0 && to < sites; ++to) {
            double const there = distance[from] - cost_[i][from] + cost_[i][to];
            if (there < distance[to] - 1e-12) {
              distance[to] = there;
              before[to] = {from, i};
            }
          }
        }
      }
    }
    std::size_t best = sites;
    for (std::size_t site = 0; site < sites; ++site) {
      if (room_[site] >= 1 && distance[site] < (best < sites ? distance[best] : kNone)) {
        best = site;
      }
    }
    if (best == sites) {
      return kNone;
    }
    room_[best] -= 1;
    for (std::size_t at = best;;) {
      auto const [from, moved] = before[at];
      flow_[moved][at] += 1;
      if (from == sites) {
        return distance[best];
      }
      flow_[moved][from] -= 1;
      at = from;
    }
  }

 private:
  std::size_t demands_;
  std::vector<double> room_;
  std::vector<std::vector<double>> cost_;
  std::vector<std::vector<double>> flow_;
};

double cost_with(CapacitatedLocationProblem const& problem, std::vector<bool> const& open) {
  double cost = 0;
  SlowTransport transport{problem, open};
  for (std::size_t i = 0; i < problem.amount.size(); ++i) {
    double cheapest = kNone;
    for (auto const& service : problem.services[i]) {
      cheapest = open[service.site] ? std::min(cheapest, service.cost) : cheapest;
    }
    cost += problem.amount[i] > 0 ? 0 : cheapest;
    for (double unit = 0; unit < problem.amount[i] && cost < kNone; ++unit) {
      cost += transport.add(i);
    }
  }
  for (std::size_t site = 0; site < open.size(); ++site) {
    cost += open[site] ? problem.open_cost[site] : 0;
  }
  for (std::size_t const site : problem.existing) {
    cost += open[site] ? 0 : kNone;
  }
  for (std::size_t const site : problem.forbidden) {
    cost += open[site] ? kNone : 0;
  }
  return cost;
}

double exhaustive_optimum(CapacitatedLocationProblem const& problem) {
  std::size_t const sites = problem.open_cost.size();
  double best = kNone;
  for (std::size_t choice = 0; choice < std::size_t{1} << sites; ++choice) {
    std::vector<bool> open(sites);
    for (std::size_t site = 0; site < sites; ++site) {
      open[site] = (choice >> site & 1U) != 0;
    }
    best = std::min(best, cost_with(problem, open));
  }
  return best;
}

/// That the shares keep every rule and cost what is said.
void expect_kept(CapacitatedLocationProblem const& problem, CapacitatedAnswer const& answer) {
  std::vector<double> load(problem.open_cost.size(), 0);
  std::vector<double> served(problem.amount.size(), 0);
  double cost = 0;
  for (std::size_t const site : answer.siting.open) {
    cost += problem.open_cost[site];
  }
  for (ServedShare const& share : answer.shares) {
    EXPECT_GT(share.share, 0);
    EXPECT_TRUE(
        std::binary_search(answer.siting.open.begin(), answer.siting.open.end(), share.site));
    load[share.site] += share.share * problem.amount[share.demand];
    served[share.demand] += share.share;
    auto const& services = problem.services[share.demand];
    auto const found = std::find_if(services.begin(), services.end(),
                                    [&](auto const& one) { return one.site == share.site; });
    ASSERT_NE(found, services.end());
    cost += share.share * found->cost;
  }
  for (std::size_t site = 0; site < load.size(); ++site) {
    EXPECT_LE(load[site], problem.capacity[site] + kClose);
  }
  for (std::size_t demand = 0; demand < served.size(); ++demand) {
    EXPECT_NEAR(served[demand], 1, kClose);
    EXPECT_NE(answer.siting.assigned[demand], kUnassigned);
  }
  EXPECT_NEAR(cost, answer.siting.objective, kClose);
}

/// Sites and demands on a square, capacities about three times what is needed.
CapacitatedLocationProblem on_a_square(std::uint64_t seed) {
  model::RandomStream stream{seed, "square"};
  constexpr std::size_t kSites = 20;
  constexpr std::size_t kDemands = 60;
  CapacitatedLocationProblem problem;
  std::vector<std::pair<double, double>> sites;
  for (std::size_t site = 0; site < kSites; ++site) {
    double const x = stream.uniform();
    sites.emplace_back(x, stream.uniform());
    problem.open_cost.push_back(40 + 40 * stream.uniform());
    problem.capacity.push_back(60 + 60 * stream.uniform());
  }
  for (std::size_t demand = 0; demand < kDemands; ++demand) {
    double const x = stream.uniform();
    double const y = stream.uniform();
    problem.amount.push_back(1 + 15 * stream.uniform());
    auto& services = problem.services.emplace_back();
    for (std::uint32_t site = 0; site < kSites; ++site) {
      double const far = std::abs(sites[site].first - x) + std::abs(sites[site].second - y);
      services.push_back({site, 3 * far * problem.amount[demand]});
    }
  }
  return problem;
}

TEST(CapacitatedLocation, AgreesWithExhaustiveSearch) {
  int feasible = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    auto const problem = random_problem(seed);
    double const optimum = exhaustive_optimum(problem);
    auto const result = locate(problem, {}, {});
    ASSERT_TRUE(result.ok());
    CapacitatedAnswer const& answer = result.value();
    EXPECT_TRUE(answer.siting.proven);
    ASSERT_EQ(answer.siting.feasible, optimum < kNone) << answer.siting.reason;
    if (!answer.siting.feasible) {
      EXPECT_NE(answer.siting.reason, "");
      continue;
    }
    ++feasible;
    EXPECT_NEAR(answer.siting.objective, optimum, kClose);
    EXPECT_NEAR(answer.siting.bound, optimum, kClose);
    expect_kept(problem, answer);
  }
  EXPECT_GT(feasible, 150);
}

TEST(CapacitatedLocation, BoundIsNeverAboveTheOptimumHoweverEarlyTheStop) {
  int open = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    auto const problem = on_a_square(seed);
    auto const whole = locate(problem, {}, {}).value();
    ASSERT_TRUE(whole.siting.proven);
    expect_kept(problem, whole);
    for (long const work : {1L, 20L, 200L, 700L}) {
      auto const part = locate(problem, {.most_work = work}, {}).value();
      EXPECT_LE(part.siting.bound, whole.siting.objective + kClose);
      EXPECT_GE(part.siting.objective, whole.siting.objective - kClose);
      expect_kept(problem, part);
      open += part.siting.proven ? 0 : 1;
    }
  }
  EXPECT_GT(open, 5);
}

TEST(CapacitatedLocation, StoppedAtOnceItStillTellsTheTruth) {
  std::stop_source source;
  source.request_stop();
  model::RunControl control;
  control.cancel = source.get_token();
  auto const problem = on_a_square(3);
  auto const answer = locate(problem, {}, control).value();
  EXPECT_FALSE(answer.siting.proven);
  expect_kept(problem, answer);
  EXPECT_LE(answer.siting.bound, locate(problem, {}, {}).value().siting.objective);
}

TEST(CapacitatedLocation, SameInputSameAnswer) {
  auto const problem = on_a_square(4);
  auto const first = locate(problem, {}, {}).value();
  auto const second = locate(problem, {}, {}).value();
  EXPECT_EQ(first.siting.open, second.siting.open);
  EXPECT_EQ(first.siting.work, second.siting.work);
  EXPECT_EQ(first.shares, second.shares);
}

TEST(CapacitatedLocation, TheHeadersExample) {
  auto const answer =
      locate(
          {.open_cost = {5, 9}, .capacity = {1, 2}, .amount = {2}, .services = {{{0, 1}, {1, 1}}}},
          {}, {})
          .value();
  EXPECT_EQ(answer.siting.objective, 10);
  EXPECT_EQ(answer.siting.open, (std::vector<std::size_t>{1}));
  EXPECT_EQ(answer.shares, (std::vector<ServedShare>{{0, 1, 1}}));
}

TEST(CapacitatedLocation, SaysWhyNobodyCanServe) {
  CapacitatedLocationProblem problem{.open_cost = {1, 1},
                                     .capacity = {3, 3},
                                     .amount = {2, 2},
                                     .services = {{{0, 1}, {1, 1}}, {}}};
  EXPECT_EQ(locate(problem, {}, {}).value().siting.reason, "demand 1 can be served by no site");
  problem.services[1] = {{0, 1}};
  problem.amount = {2, 5};
  EXPECT_EQ(locate(problem, {}, {}).value().siting.reason,
            "the demands amount to 7 and all sites have room for 6");
  problem.amount = {2, 4};
  EXPECT_EQ(locate(problem, {}, {}).value().siting.reason,
            "the sites that can serve the demands do not have room for them together");
  problem.forbidden = {0};
  EXPECT_EQ(locate(problem, {}, {}).value().siting.reason, "demand 1 can be served by no site");
}

TEST(CapacitatedLocation, NothingToServeCostsWhatIsForced) {
  EXPECT_EQ(locate({}, {}, {}).value().siting.objective, 0);
  auto const answer =
      locate({.open_cost = {4, 1}, .capacity = {0, 0}, .existing = {0}}, {}, {}).value();
  EXPECT_TRUE(answer.siting.proven);
  EXPECT_EQ(answer.siting.objective, 4);
  EXPECT_EQ(answer.siting.open, (std::vector<std::size_t>{0}));
}

TEST(CapacitatedLocation, RefusesBadInput) {
  auto const message = [](CapacitatedLocationProblem const& problem) {
    auto const result = locate(problem, {}, {});
    return result.ok() ? "" : result.error().message;
  };
  EXPECT_EQ(message({.open_cost = {1}}), "1 sites have a cost but 0 a capacity");
  EXPECT_EQ(message({.open_cost = {1}, .capacity = {-2}}),
            "the capacity of site 0 is -2: it should be finite and not negative");
  EXPECT_EQ(message({.amount = {1}}), "1 demands have an amount but 0 say what serves them");
  EXPECT_EQ(message({.open_cost = {1}, .capacity = {1}, .amount = {1}, .services = {{{1, 1}}}}),
            "demand 0 names site 1, but there are 1 sites");
  EXPECT_EQ(
      message({.open_cost = {1}, .capacity = {1}, .amount = {1}, .services = {{{0, 1}, {0, 1}}}}),
      "demand 0 names site 0 twice");
  EXPECT_EQ(message({.open_cost = {1}, .capacity = {1}, .amount = {1}, .services = {{{0, -1}}}}),
            "serving demand 0 from site 0 costs -1: it should be finite and not negative");
}

}  // namespace
}  // namespace guarantor::posture
