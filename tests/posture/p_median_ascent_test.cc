#include "guarantor/posture/p_median_ascent.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "small_siting.h"

namespace guarantor::posture {
namespace {

// Whatever the prices, no bound is above the least cost, and no decision rules out a set of sites
// that is below the cutoff.
TEST(MedianAscent, NeverRulesOutASetBelowTheCutoff) {
  model::RandomStream stream{4, "p-median ascent"};
  long decided = 0;
  for (int number = 0; number < 400; ++number) {
    SCOPED_TRACE(number);
    SmallSiting const siting = draw_siting(
        stream,
        {.most_demands = 25, .most_sites = 9, .whole = number % 2 == 0, .gaps = number % 3 == 0});
    auto const least = least_median(siting);
    if (!least || siting.choice.count == 0) {
      continue;
    }
    double const cutoff = *least * (1 + 0.02 * (number % 5)) + 0.5;
    auto const good = median_sets_below(siting, cutoff - 1e-9);
    ASSERT_FALSE(good.empty());
    MedianAscent ascent{median_instance(siting.costs(), siting.weights,
                                        std::vector<SiteState>(siting.sites, SiteState::kFree),
                                        siting.choice.count),
                        std::vector<double>(siting.demands, 1.0)};
    ascent.begin({.most_steps = 60, .length = 1.2, .patience = 8, .shortest = 1e-4});
    while (!ascent.tired() && ascent.instance().demands() > 0) {
      EXPECT_LE(ascent.evaluate().bound, *least + 1e-9);
      ascent.settle(cutoff);
      ascent.advance(cutoff);
      ascent.shrink(true);
      ASSERT_TRUE(ascent.instance().possible);
    }
    auto const& left = ascent.instance();
    decided += static_cast<long>(siting.sites - left.sites() + ascent.open());
    for (auto const& open : good) {
      for (std::size_t const site : open) {
        EXPECT_NE(std::find(left.name.begin(), left.name.end(), site), left.name.end())
            << "closed site " << site;
      }
      for (std::size_t j = 0; j < left.sites(); ++j) {
        if (left.state[j] == SiteState::kOpen) {
          EXPECT_NE(std::find(open.begin(), open.end(), left.name[j]), open.end())
              << "opened site " << left.name[j];
        }
      }
    }
  }
  EXPECT_GT(decided, 200);
}

}  // namespace
}  // namespace guarantor::posture
