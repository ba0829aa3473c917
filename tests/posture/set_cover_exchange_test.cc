#include "guarantor/posture/set_cover_exchange.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <stop_token>

#include "guarantor/model/random_stream.h"
#include "small_cover.h"

namespace guarantor::posture {
namespace {

constexpr double kNothing = -1;  ///< that a cover may cost, so that no cover is enough

/// Every column: a cover to begin with, and a bad one.
Placing everything(SetCoverCore const& core) {
  Placing all;
  all.open.resize(core.cost.size());
  std::iota(all.open.begin(), all.open.end(), std::size_t{0});
  all.cost = cost_of(core, all.open);
  return all;
}

std::vector<double> draw_prices(model::RandomStream& stream, SetCoverCore const& core) {
  std::vector<double> prices(core.need.size());
  for (double& price : prices) {
    price = 3 * stream.uniform();
  }
  return prices;
}

void expect_cover(SetCoverCore const& core, Placing const& found) {
  EXPECT_TRUE(is_cover(core, found.open));
  EXPECT_TRUE(std::is_sorted(found.open.begin(), found.open.end()));
  EXPECT_EQ(std::adjacent_find(found.open.begin(), found.open.end()), found.open.end());
  EXPECT_NEAR(found.cost, cost_of(core, found.open), 1e-9);
}

TEST(SetCoverExchange, FindsTheBestOfSmallCoversAndNeverBetter) {
  model::RandomStream stream{21, "exchange, small"};
  int best = 0;
  for (int number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    auto const core = draw_cover(stream, 14, 11);
    double const least = *least_cover(core, std::vector(core.cost.size(), SiteState::kFree));
    SetCoverExchange exchange{core, draw_prices(stream, core)};
    Placing const found = exchange.improve(everything(core), 300, kNothing, {});
    expect_cover(core, found);
    EXPECT_GE(found.cost, least - 1e-9);
    best += found.cost < least + 1e-9 ? 1 : 0;
  }
  EXPECT_GE(best, 195);
}

TEST(SetCoverExchange, IsNoWorseThanItsStart) {
  model::RandomStream stream{22, "exchange, start"};
  for (int number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    auto const core = draw_cover(stream, 40, 60);
    SetCoverExchange exchange{core, draw_prices(stream, core)};
    Placing now = everything(core);
    // One exchange after another: what it knows of the first start must not disturb the second.
    for (int const attempts : {0, 1, 10, 100}) {
      Placing const found = exchange.improve(now, attempts, kNothing, {});
      expect_cover(core, found);
      EXPECT_LE(found.cost, now.cost);
      now = found;
    }
    expect_cover(core, exchange.improve(everything(core), 5, kNothing, {}));
  }
}

TEST(SetCoverExchange, StopsAtOnceWhereTheStartIsEnough) {
  model::RandomStream stream{23, "exchange, enough"};
  auto const core = draw_cover(stream, 30, 30);
  SetCoverExchange exchange{core, draw_prices(stream, core)};
  Placing const start = everything(core);
  EXPECT_EQ(exchange.improve(start, 100, start.cost, {}).open, start.open);
  EXPECT_EQ(exchange.attempts(), 0);
  Placing const found = exchange.improve(start, 1000, start.cost / 2, {});
  EXPECT_LE(found.cost, start.cost / 2);
  EXPECT_LT(exchange.attempts(), 1000);
}

TEST(SetCoverExchange, GivesWayToWhoeverStopsIt) {
  model::RandomStream stream{24, "exchange, stop"};
  auto const core = draw_cover(stream, 30, 30);
  SetCoverExchange exchange{core, draw_prices(stream, core)};
  std::stop_source stop;
  stop.request_stop();
  model::RunControl control;
  control.cancel = stop.get_token();
  expect_cover(core, exchange.improve(everything(core), 1000000, kNothing, control));
  EXPECT_LT(exchange.attempts(), 1000);
}

TEST(SetCoverExchange, SameInputSameCovers) {
  model::RandomStream stream{25, "exchange, same"};
  for (int number = 0; number < 20; ++number) {
    auto const core = draw_cover(stream, 40, 60);
    auto const prices = draw_prices(stream, core);
    auto const find = [&] {
      return SetCoverExchange{core, prices}.improve(everything(core), 50, kNothing, {});
    };
    EXPECT_EQ(find().open, find().open);
  }
}

}  // namespace
}  // namespace guarantor::posture
