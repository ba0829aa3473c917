#include "guarantor/posture/price_steps.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "guarantor/model/random_stream.h"
#include "small_cover.h"

namespace guarantor::posture {
namespace {

using Prices = std::vector<double>;

constexpr AscentEffort kLong{.most_steps = 1000, .length = 1, .patience = 20, .shortest = 1e-4};

/// The bound on covers at these prices, and its slope.
double bound_at(SetCoverCore const& core, Prices const& prices, std::vector<int>& slope) {
  double bound = 0;
  slope.assign(prices.size(), 0);
  for (std::size_t row = 0; row < prices.size(); ++row) {
    bound += core.need[row] * prices[row];
    slope[row] = static_cast<int>(core.need[row]);
  }
  for (std::size_t column = 0; column < core.cost.size(); ++column) {
    double reduced = core.cost[column];
    for (std::uint32_t const row : core.matrix.rows_of(column)) {
      reduced -= prices[row];
    }
    if (reduced < 0) {
      bound += reduced;
      for (std::uint32_t const row : core.matrix.rows_of(column)) {
        --slope[row];
      }
    }
  }
  return bound;
}

TEST(PriceSteps, ClimbNearTheBestBoundAndKeepIt) {
  model::RandomStream stream{31, "price steps"};
  int near = 0;
  constexpr int kCases = 100;
  for (int number = 0; number < kCases; ++number) {
    SCOPED_TRACE(number);
    auto const core = draw_cover(stream, 20, 20);
    std::vector<SiteState> const free(core.cost.size(), SiteState::kFree);
    double const value = *least_cover_in_part(core, free);
    PriceSteps steps{Prices(core.need.size(), 0), 0.7};
    steps.begin(kLong);
    std::vector<int> slope;
    double best = -std::numeric_limits<double>::infinity();
    while (!steps.tired()) {
      double const bound = bound_at(core, steps.prices(), slope);
      best = std::max(best, bound);
      steps.note(bound);
      EXPECT_EQ(steps.bound(), bound);
      steps.advance(slope, 1.05 * value + 0.01);
      EXPECT_GE(*std::min_element(steps.prices().begin(), steps.prices().end()), 0);
    }
    EXPECT_EQ(steps.best_bound(), best);
    EXPECT_EQ(bound_at(core, steps.best_prices(), slope), best);
    EXPECT_LE(best, value + 1e-6 * (1 + value)) << "no prices bound beyond the linear value";
    near += best > 0.98 * value - 1e-6 ? 1 : 0;
    steps.take_best();
    EXPECT_EQ(steps.prices(), steps.best_prices());
  }
  EXPECT_GE(near, kCases * 9 / 10);
}

TEST(PriceSteps, AStepGoesTheWayToTheTargetAlongTheSlope) {
  PriceSteps steps{{1, 1}, 0.5};
  steps.begin({.most_steps = 10, .length = 1, .patience = 5, .shortest = 0.1});
  steps.note(2);
  steps.advance({2, -1}, 12);  // (12 - 2) / (4 + 1) = 2 along (2, -1)
  EXPECT_EQ(steps.prices(), (Prices{5, 0}));
  steps.note(7);
  steps.advance({0, 1}, 12);  // (12 - 7) / (1 + 0.25) = 4 along (0 + 2 / 2, 1 - 1 / 2)
  EXPECT_EQ(steps.prices(), (Prices{9, 2}));
}

TEST(PriceSteps, AreShortenedWhereTheyLeadNowhere) {
  PriceSteps steps{{0}, 0};
  steps.begin({.most_steps = 100, .length = 1, .patience = 2, .shortest = 0.3});
  steps.note(1);
  steps.advance({1}, 5);
  steps.note(4);  // the best, at a price of 4
  for (int in_vain = 0; in_vain < 2; ++in_vain) {
    steps.advance({1}, 5);
    steps.note(3);
  }
  EXPECT_EQ(steps.prices(), (Prices{7})) << "by 5 - 4, then by 5 - 3";
  EXPECT_FALSE(steps.tired());
  steps.advance({1}, 5);
  EXPECT_EQ(steps.prices(), (Prices{5})) << "from the best, by half of 5 - 3";
  EXPECT_FALSE(steps.tired());
  steps.note(3);
  steps.advance({1}, 5);
  steps.note(3);
  steps.advance({1}, 5);
  EXPECT_TRUE(steps.tired()) << "a quarter is shorter than the shortest";
  EXPECT_EQ(steps.best_bound(), 4);
  EXPECT_EQ(steps.best_prices(), (Prices{4}));
}

TEST(PriceSteps, TireAfterSoManyAndWhereNothingIsBetter) {
  PriceSteps steps{{0}, 0};
  steps.begin({.most_steps = 2, .length = 1, .patience = 9, .shortest = 0.1});
  steps.note(1);
  EXPECT_FALSE(steps.tired());
  steps.note(2);
  EXPECT_TRUE(steps.tired());
  steps.begin(kLong);
  EXPECT_FALSE(steps.tired());
  steps.note(3);
  steps.advance({0}, 9);
  EXPECT_TRUE(steps.tired());
  EXPECT_EQ(steps.prices(), (Prices{0}));
}

TEST(PriceSteps, BeginAnewForgetsAndKeepLeavesOut) {
  PriceSteps steps{{1, 2, 3}, 0.5};
  steps.begin(kLong);
  steps.note(5);
  steps.advance({1, 1, 1}, 8);
  steps.keep({0, 2});
  EXPECT_EQ(steps.best_prices(), (Prices{1, 3}));
  EXPECT_EQ(steps.prices(), (Prices{2, 4}));
  EXPECT_EQ(steps.best_bound(), 5);
  steps.begin_anew(kLong, {7, 8});
  EXPECT_EQ(steps.prices(), (Prices{7, 8}));
  EXPECT_EQ(steps.best_prices(), (Prices{7, 8}));
  steps.note(1);
  EXPECT_EQ(steps.best_bound(), 1);
  steps.advance({1, 0}, 2);  // the direction before is forgotten
  EXPECT_EQ(steps.prices(), (Prices{8, 8}));
}

}  // namespace
}  // namespace guarantor::posture
