#include "guarantor/watch/plane_grid.h"

#include <gtest/gtest.h>

#include <vector>

namespace guarantor::watch {
namespace {

TEST(PlaneGrid, FindsTheBoxesOfARow) {
  std::vector<geo::PlanePoint> const points{{5, 5}, {-5, 5}, {25, 5}, {5, 15}, {6, 6}};
  PlaneGrid const grid{points, 10};
  ASSERT_EQ(grid.boxes().size(), 4U);
  auto const row = grid.along(0, -1, 0);
  ASSERT_EQ(row.size(), 2U);
  EXPECT_EQ(grid.order()[row[0].begin], 1U);
  EXPECT_EQ(row[1].end - row[1].begin, 2U);
  EXPECT_TRUE(grid.along(2, -9, 9).empty());
  EXPECT_EQ(grid.along(1, -9, 9).size(), 1U);
}

}  // namespace
}  // namespace guarantor::watch
