#include "guarantor/posture/capacitated_p_median_prices.h"

#include <gtest/gtest.h>

#include "small_siting.h"

namespace guarantor::posture {
namespace {

CapacitatedTable table_of(SmallSiting const& siting) {
  CapacitatedTable table{.demands = siting.demands,
                         .sites = siting.sites,
                         .count = siting.choice.count,
                         .quantity = siting.quantities,
                         .capacity = siting.capacities,
                         .beyond = 1e6};
  for (std::size_t j = 0; j < siting.sites; ++j) {
    for (std::size_t i = 0; i < siting.demands; ++i) {
      table.cost.push_back(siting.cost(i, j));
    }
  }
  return table;
}

// Whatever the prices, no bound is above the least cost, and no decision rules out an assignment
// that is below the cutoff.
TEST(CapacitatedPrices, NeverRuleOutAnAssignmentBelowTheCutoff) {
  model::RandomStream stream{4, "capacitated prices"};
  long forbidden = 0;
  for (int number = 0; number < 400; ++number) {
    SCOPED_TRACE(number);
    SmallSiting siting = draw_siting(stream, {.most_demands = 7,
                                              .most_sites = 6,
                                              .whole = number % 2 == 0,
                                              .tightness = 0.4 + 0.1 * (number % 5)});
    auto const least = least_capacitated(siting);
    if (!least || siting.choice.count == 0) {
      continue;
    }
    CapacitatedTable const table = table_of(siting);
    double const cutoff = *least * (1 + 0.05 * (number % 4)) + 0.5;
    auto const good = assignments_below(siting, cutoff - 1e-9);
    CapacitatedPart part =
        whole_part(table, std::vector<SiteState>(siting.sites, SiteState::kFree));
    ASSERT_TRUE(conclude(part, table));
    CapacitatedPrices prices{table};
    prices.begin(part, std::vector<double>(siting.demands, 5.0),
                 {.most_steps = 60, .length = 1.2, .patience = 8, .shortest = 1e-4});
    while (!prices.tired()) {
      EXPECT_LE(prices.evaluate(part), *least + 1e-9);
      prices.settle_sites(part, cutoff);
      prices.settle_pairs(part, cutoff);
      ASSERT_TRUE(conclude(part, table));
      prices.advance(cutoff);
    }
    for (std::uint8_t const allowed : part.allowed) {
      forbidden += 1 - allowed;
    }
    for (OpenAssignment const& one : good) {
      for (std::size_t const site : one.open) {
        EXPECT_NE(part.state[site], SiteState::kClosed) << "closed site " << site;
      }
      for (std::size_t i = 0; i < siting.demands; ++i) {
        EXPECT_EQ(part.allowed[one.site[i] * siting.demands + i], 1)
            << "forbidden demand " << i << " at site " << one.site[i];
      }
    }
  }
  EXPECT_GT(forbidden, 1000);
}

}  // namespace
}  // namespace guarantor::posture
