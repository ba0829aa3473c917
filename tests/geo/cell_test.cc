#include "guarantor/geo/cell.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <unordered_set>

#include "drawing.h"

namespace guarantor::geo {
namespace {

using drawing::at;

ValidArea square(double west, double south, double size) {
  return ValidArea::from(model::AreaId{"square"},
                         {model::Polygon{{{at(west, south), at(west + size, south),
                                           at(west + size, south + size), at(west, south + size),
                                           at(west, south)}}}})
      .value();
}

RC_GTEST_PROP(Cell, NestsAndNames, ()) {
  auto const place = at(*rc::gen::inRange(-1800, 1801) / 10.0, *rc::gen::inRange(-900, 901) / 10.0);
  int const level = *rc::gen::inRange(0, 31);
  Cell const cell = Cell::at(place, level);
  RC_ASSERT(cell.level() == level);
  RC_ASSERT(Cell::from_token(cell.token()) == cell);
  RC_ASSERT(Cell::from_number(cell.number()) == cell);
  int const above = *rc::gen::inRange(0, level + 1);
  RC_ASSERT(cell.parent(above) == Cell::at(place, above));
  RC_ASSERT(cell.parent(above).holds(cell));
  RC_ASSERT((level == above || !cell.holds(cell.parent(above))));
  RC_ASSERT(Cell::at(cell.centre(), level) == cell);
  RC_ASSERT(cell.outline().size() == 5U);
}

TEST(Cell, RefusesWhatIsNoCell) {
  EXPECT_FALSE(Cell::from_token("").has_value());
  EXPECT_FALSE(Cell::from_token("X").has_value());
  EXPECT_FALSE(Cell::from_token("zzz").has_value());
  EXPECT_FALSE(Cell::from_number(0).has_value());
}

TEST(Cell, ACoverHoldsTheArea) {
  ValidArea const area = square(33, 47, 1);
  for (std::size_t const most : {4U, 20U, 500U}) {
    std::vector<Cell> const cells = cover(area, 14, most);
    EXPECT_TRUE(std::is_sorted(cells.begin(), cells.end()));
    EXPECT_LE(cells.size(), std::max<std::size_t>(most, 6));
    for (int i = 0; i <= 50; ++i) {
      for (int j = 0; j <= 50; ++j) {
        Cell const place = Cell::at(at(33 + i / 50.0, 47 + j / 50.0), Cell::kFinest);
        EXPECT_EQ(
            std::count_if(cells.begin(), cells.end(), [&](Cell cell) { return cell.holds(place); }),
            1);
      }
    }
  }
}

TEST(Cell, CellsOfOneLevelAreListedOrTooMany) {
  ValidArea const area = square(33, 47, 1);
  auto const cells = cells_meeting(area, 9, 1'000);
  ASSERT_TRUE(cells.has_value());
  std::unordered_set<Cell> const listed{cells->begin(), cells->end()};
  EXPECT_EQ(listed.size(), cells->size());
  for (int i = 0; i <= 40; ++i) {
    EXPECT_TRUE(listed.contains(Cell::at(at(33 + i / 40.0, 47.5), 9)));
    EXPECT_EQ(cells->at(0).level(), 9);
  }
  EXPECT_FALSE(cells_meeting(area, 9, cells->size() - 1).has_value());
  EXPECT_FALSE(cells_meeting(area, 30, 1'000'000).has_value());
}

}  // namespace
}  // namespace guarantor::geo
