#include "guarantor/store/row_order.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

namespace guarantor::store {
namespace {

using Places = std::vector<std::optional<std::int64_t>>;

bool rises(std::vector<std::int64_t> const& order) {
  return std::ranges::adjacent_find(order, std::greater_equal{}) == order.end();
}

TEST(RowOrder, RowsThatStandAsBeforeKeepTheirPlaces) {
  EXPECT_EQ(row_order(Places{10, 20, 30}), (std::vector<std::int64_t>{10, 20, 30}));
}

TEST(RowOrder, ARowMovedToTheFrontAloneGetsAnotherPlace) {
  auto const order = row_order(Places{30, 10, 20});
  EXPECT_TRUE(rises(order));
  EXPECT_EQ(order[1], 10);
  EXPECT_EQ(order[2], 20);
}

TEST(RowOrder, WhereThereIsNoRoomAllGetNewPlaces) {
  auto const order = row_order(Places{7, std::nullopt, 8});
  EXPECT_TRUE(rises(order));
}

TEST(RowOrder, RisesAlwaysAndKeepsALongestRisingPart) {
  EXPECT_TRUE(rc::check([](std::vector<std::uint16_t> const& drawn) {
    Places places;
    std::set<std::int64_t> used;
    for (auto const value : drawn) {
      // Far apart, so that there is room; no two rows have one place, and some are new.
      std::int64_t const place = (value + std::int64_t{1}) * 100'000;
      bool const known = value % 4 != 0 && used.insert(place).second;
      places.push_back(known ? std::optional{place} : std::nullopt);
    }
    auto const order = row_order(places);
    RC_ASSERT(order.size() == places.size());
    RC_ASSERT(rises(order));
    // The oracle: the longest rising part by trying all pairs.
    std::vector<std::size_t> best(places.size(), 0);
    std::size_t longest = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (!places[i]) {
        continue;
      }
      best[i] = 1;
      for (std::size_t j = 0; j < i; ++j) {
        if (places[j] && *places[j] < *places[i]) {
          best[i] = std::max(best[i], best[j] + 1);
        }
      }
      longest = std::max(longest, best[i]);
      kept += order[i] == *places[i] ? 1U : 0U;
    }
    RC_ASSERT(kept >= longest);
  }));
}

}  // namespace
}  // namespace guarantor::store
