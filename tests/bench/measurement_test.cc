#include "bench/measurement.h"

#include <gtest/gtest.h>

namespace guarantor::bench {
namespace {

TEST(Gap, IsThatOfTheFormat) {
  EXPECT_DOUBLE_EQ(*gap_of({.objective = 200, .bound = 210}), 0.05);
  EXPECT_DOUBLE_EQ(*gap_of({.objective = 0.5, .bound = 0.75}), 0.25);  // of at least 1
  EXPECT_DOUBLE_EQ(*gap_of({.objective = 0, .bound = 0}), 0);
}

TEST(Gap, IsNoneWithoutAPlanOrABound) {
  EXPECT_EQ(gap_of({.bound = 210}), std::nullopt);
  EXPECT_EQ(gap_of({.objective = 200}), std::nullopt);
}

TEST(Median, TakesNoGapForTheWorst) {
  EXPECT_DOUBLE_EQ(*median({0.3}), 0.3);
  EXPECT_DOUBLE_EQ(*median({0.3, 0.1}), 0.2);
  EXPECT_DOUBLE_EQ(*median({std::nullopt, 0.3, 0.1}), 0.3);
  EXPECT_EQ(median({std::nullopt, 0.3}), std::nullopt);
  EXPECT_EQ(median({std::nullopt}), std::nullopt);
}

TEST(Distinct, KeepsTheOrder) {
  std::vector<Measurement> const rows{{.solver = "b"}, {.solver = "a"}, {.solver = "b"}};
  EXPECT_EQ(distinct(rows, &Measurement::solver), (std::vector<std::string>{"b", "a"}));
}

}  // namespace
}  // namespace guarantor::bench
