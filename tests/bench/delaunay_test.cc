#include "bench/delaunay.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "bench/delaunay_case.h"

namespace guarantor::bench {
namespace {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

std::int64_t turn(GridPoint a, GridPoint b, GridPoint c) {
  return (std::int64_t{b.x} - a.x) * (c.y - a.y) - (std::int64_t{b.y} - a.y) * (c.x - a.x);
}

/// Whether `d` lies within the circle through `a`, `b` and `c`, on a grid small enough for 64 bits.
bool within(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
  auto const square = [&](GridPoint p) {
    return std::int64_t{p.x - d.x} * (p.x - d.x) + std::int64_t{p.y - d.y} * (p.y - d.y);
  };
  std::int64_t const sign = turn(a, b, c) > 0 ? 1 : -1;
  return sign *
             (square(a) * turn(d, b, c) - square(b) * turn(d, a, c) + square(c) * turn(d, a, b)) >
         0;
}

/// Whether all points lie on the line through two of them or to its left.
bool all_left(std::vector<GridPoint> const& points, GridPoint a, GridPoint b) {
  return std::all_of(points.begin(), points.end(),
                     [&](GridPoint point) { return turn(a, b, point) >= 0; });
}

/// Whether there is a circle, or half a plane, with the edge's ends on it and no point in it.
bool is_delaunay(std::vector<GridPoint> const& points, GridPoint a, GridPoint b) {
  if (all_left(points, a, b) || all_left(points, b, a)) {
    return true;
  }
  return std::any_of(points.begin(), points.end(), [&](GridPoint c) {
    return turn(a, b, c) != 0 && std::none_of(points.begin(), points.end(), [&](GridPoint d) {
             return d != a && d != b && d != c && within(a, b, c, d);
           });
  });
}

/// As many edges as every triangulation of the points has, those on the hull's edges counted.
std::size_t edge_count(std::vector<GridPoint> const& points) {
  std::size_t on_hull = 0;
  bool on_one_line = true;
  for (GridPoint const& a : points) {
    bool const outer = std::any_of(points.begin(), points.end(), [&](GridPoint const& b) {
      return a != b && all_left(points, a, b);
    });
    on_hull += outer ? 1 : 0;
    on_one_line = on_one_line && turn(points[0], points[1], a) == 0;
  }
  return on_one_line ? points.size() - 1 : 3 * points.size() - 3 - on_hull;
}

RC_GTEST_PROP(Delaunay, NoPointLiesWithinATrianglesCircle, ()) {
  // Few lines of the grid, so that points often lie on one line or one circle.
  std::int32_t const side = *rc::gen::inRange(2, 20);
  std::set<GridPoint> different{{0, 0}, {side - 1, 1}};
  for (int n = *rc::gen::inRange(0, 22); n > 0; --n) {
    std::int32_t const x = *rc::gen::inRange(0, side);
    different.insert({x, *rc::gen::inRange(0, side)});
  }
  std::vector<GridPoint> const points{different.begin(), different.end()};
  Edges const edges = delaunay_edges(points);
  RC_ASSERT(edges.size() == edge_count(points));
  RC_ASSERT(std::is_sorted(edges.begin(), edges.end()));
  RC_ASSERT(std::adjacent_find(edges.begin(), edges.end()) == edges.end());
  for (auto const& [from, to] : edges) {
    RC_ASSERT(from < to);
    RC_ASSERT(is_delaunay(points, points[from], points[to]));
  }
}

TEST(Delaunay, IsExactAtTheEdgeOfTheGrid) {
  constexpr std::int32_t kFar = kGridSide - 1;
  // The fifth lies just within the circle of the others, which doubles could not tell.
  Edges const edges = delaunay_edges({{0, 0}, {kFar, 0}, {0, kFar}, {kFar, kFar}, {1, 2}});
  EXPECT_EQ(edges, (Edges{{0, 1}, {0, 2}, {0, 4}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {3, 4}}));
}

TEST(Delaunay, OfNothingMuch) {
  EXPECT_TRUE(delaunay_edges({}).empty());
  EXPECT_TRUE(delaunay_edges({{5, 5}}).empty());
  EXPECT_EQ(delaunay_edges({{5, 5}, {1, 1}}), (Edges{{0, 1}}));
}

std::string contents(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(DelaunayCase, TheSameSeedGivesTheSameBytes) {
  auto const folder = std::filesystem::temp_directory_path() / "guarantor-delaunay-test";
  std::vector<std::string> made;
  for (std::uint64_t const seed : {1U, 1U, 2U}) {
    ASSERT_TRUE(
        write_delaunay_case({.points = 50, .seed = seed, .sources = 3, .targets = 4}, folder).ok());
    made.push_back(contents(folder / "nodes.csv") + contents(folder / "edges.csv") +
                   contents(folder / "queries.csv"));
  }
  std::string const queries = contents(folder / "queries.csv");
  EXPECT_EQ(std::count(queries.begin(), queries.end(), '\n'), 1 + 3 * 4);
  EXPECT_EQ(made[0], made[1]);
  EXPECT_NE(made[0], made[2]);
  std::filesystem::remove_all(folder);
  auto const refused =
      write_delaunay_case({.points = 50, .seed = 1, .sources = 51, .targets = 4}, folder);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, model::ErrorKind::kBadInput);
}

}  // namespace
}  // namespace guarantor::bench
