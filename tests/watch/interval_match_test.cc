#include "guarantor/watch/interval_match.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

namespace guarantor::watch {
namespace {

using model::Instant;
using model::Seconds;

Instant at(int seconds) {
  return Instant{} + std::chrono::seconds{seconds};
}

TEST(IntervalMatch, FindsTheNearestStartOfTheSameRegion) {
  std::vector<RegionStart> const starts{{"Sumy", at(100)}, {"Lviv", at(100)}, {"Odesa", at(5)}};
  std::vector<RegionStart> const others{
      {"Sumy", at(160)}, {"Lviv", at(100)}, {"Sumy", at(40)}, {"Sumy", at(40)}};
  auto const nearest = nearest_starts(starts, others);
  ASSERT_TRUE(nearest[0] && nearest[1]);
  EXPECT_EQ(nearest[0]->partner, 2U) << "of two equally near the earlier, of equal ones the first";
  EXPECT_EQ(nearest[0]->apart, Seconds{60});
  EXPECT_EQ(nearest[1]->apart, Seconds{0});
  EXPECT_FALSE(nearest[2]);
  EXPECT_EQ(count_within(nearest, Seconds{60}), 2U);
  EXPECT_EQ(count_within(nearest, Seconds{59}), 1U);
}

TEST(IntervalMatch, UsesEachAlertOnceWhenCountingPairs) {
  std::vector<RegionStart> const starts{{"Sumy", at(0)}, {"Sumy", at(30)}};
  std::vector<RegionStart> const others{{"Sumy", at(20)}};
  EXPECT_EQ(count_within(nearest_starts(starts, others), Seconds{60}), 2U);
  EXPECT_EQ(count_pairs_within(starts, others, Seconds{60}), 1U);
}

std::vector<RegionStart> drawn_starts() {
  auto const times = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40));
  std::vector<RegionStart> starts;
  for (int const time : times) {
    starts.push_back({time % 3 == 0 ? "Sumy" : "Lviv", at(time)});
  }
  return starts;
}

/// The largest number of pairs, by augmenting paths.
class LargestPairing {
 public:
  LargestPairing(std::vector<RegionStart> const& a, std::vector<RegionStart> const& b, int within)
      : a_{a}, b_{b}, within_{within}, partner_(b.size(), -1) {}

  std::size_t size() {
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      tried_.assign(b_.size(), false);
      pairs += augment(static_cast<int>(i)) ? 1U : 0U;
    }
    return pairs;
  }

 private:
  bool augment(int i) {
    for (std::size_t j = 0; j < b_.size(); ++j) {
      auto const& mine = a_[static_cast<std::size_t>(i)];
      bool const fits = mine.region == b_[j].region &&
                        std::chrono::abs(mine.start - b_[j].start) <= std::chrono::seconds{within_};
      if (fits && !tried_[j]) {
        tried_[j] = true;
        if (partner_[j] < 0 || augment(partner_[j])) {
          partner_[j] = i;
          return true;
        }
      }
    }
    return false;
  }

  std::vector<RegionStart> const& a_;
  std::vector<RegionStart> const& b_;
  int within_;
  std::vector<int> partner_;
  std::vector<bool> tried_;
};

RC_GTEST_PROP(IntervalMatch, AgreesWithLookingAtAllPairs, ()) {
  auto const a = drawn_starts();
  auto const b = drawn_starts();
  int const within = *rc::gen::inRange(0, 10);
  auto const nearest = nearest_starts(a, b);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::optional<std::chrono::microseconds> best;
    for (RegionStart const& other : b) {
      auto const apart = std::chrono::abs(a[i].start - other.start);
      if (other.region == a[i].region && (!best || apart < *best)) {
        best = apart;
      }
    }
    RC_ASSERT(best.has_value() == nearest[i].has_value());
    if (best) {
      RC_ASSERT(nearest[i]->apart.count() * 1e6 == static_cast<double>(best->count()));
    }
  }
  RC_ASSERT(count_pairs_within(a, b, Seconds{static_cast<double>(within)}) ==
            LargestPairing(a, b, within).size());
}

}  // namespace
}  // namespace guarantor::watch
