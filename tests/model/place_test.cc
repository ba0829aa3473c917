#include "guarantor/model/place.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "guarantor/model/random_stream.h"

namespace guarantor::model {
namespace {

/// A ring drawn as text: the letters A, B, C ... are its corners in order, a column and a row each
/// one degree.
Ring drawn(std::vector<std::string> const& rows) {
  std::map<char, Position> corner;
  for (std::size_t y = 0; y < rows.size(); ++y) {
    for (std::size_t x = 0; x < rows[y].size(); ++x) {
      if (rows[y][x] >= 'A' && rows[y][x] <= 'Z') {
        corner[rows[y][x]] = {Degrees{static_cast<double>(x)},
                              Degrees{static_cast<double>(rows.size() - y)}};
      }
    }
  }
  Ring ring;
  for (auto const& [letter, position] : corner) {
    ring.push_back(position);
  }
  ring.push_back(ring.front());
  return ring;
}

TEST(SelfCrossing, SimpleRingsHaveNone) {
  EXPECT_FALSE(find_self_crossing(drawn({"A...B", ".....", "D...C"})));
  EXPECT_FALSE(find_self_crossing(drawn({"A.B.E.F", "..C.D..", "H.....G"})));
}

TEST(SelfCrossing, BowTieIsFound) {
  auto const crossing = find_self_crossing(drawn({"A...C", ".....", "D...B"}));
  ASSERT_TRUE(crossing);
  EXPECT_EQ(crossing->first_edge, 0U);   // A-B
  EXPECT_EQ(crossing->second_edge, 2U);  // C-D
}

TEST(SelfCrossing, TouchingCornerIsFound) {
  // D lies on the edge from A to B.
  EXPECT_TRUE(find_self_crossing(drawn({"A.D.B", ".....", "E...C"})));
}

TEST(SelfCrossing, FoldingBackIsFound) {
  // From B back over the same edge to C.
  EXPECT_TRUE(find_self_crossing(drawn({"A.C.B", "..D.."})));
}

TEST(SelfCrossing, RepeatedPositionIsNoCrossing) {
  Ring ring = drawn({"A...B", "D...C"});
  ring.insert(ring.begin() + 1, ring.front());
  EXPECT_FALSE(find_self_crossing(ring));
}

/// The obvious way: every pair of edges, on small whole numbers, with parametric intersection.
bool crosses_slowly(Ring const& ring) {
  std::size_t const edges = ring.size() - 1;
  auto const x = [&](std::size_t i) { return ring[i].longitude.count(); };
  auto const y = [&](std::size_t i) { return ring[i].latitude.count(); };
  for (std::size_t a = 0; a < edges; ++a) {
    for (std::size_t b = a + 1; b < edges; ++b) {
      double const ax = x(a + 1) - x(a);
      double const ay = y(a + 1) - y(a);
      double const bx = x(b + 1) - x(b);
      double const by = y(b + 1) - y(b);
      double const cross = ax * by - ay * bx;
      double const dx = x(b) - x(a);
      double const dy = y(b) - y(a);
      bool const neighbours = b == a + 1 || (a == 0 && b == edges - 1);
      if (cross != 0) {
        double const s = (dx * by - dy * bx) / cross;
        double const t = (dx * ay - dy * ax) / cross;
        if (s >= 0 && s <= 1 && t >= 0 && t <= 1 && !neighbours) {
          return true;
        }
        continue;
      }
      if (dx * ay - dy * ax != 0) {
        continue;  // parallel and apart
      }
      double const length = ax * ax + ay * ay;
      double const from = (dx * ax + dy * ay) / length;
      double const to = from + (bx * ax + by * ay) / length;
      double const low = std::max(0.0, std::min(from, to));
      double const high = std::min(1.0, std::max(from, to));
      if (neighbours ? high > low : high >= low) {
        return true;
      }
    }
  }
  return false;
}

TEST(SelfCrossing, AgreesWithTryingEveryPairOfEdges) {
  int crossing = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    RandomStream stream{seed, "ring"};
    Ring ring;
    std::size_t const corners = 3 + static_cast<std::size_t>(stream.uniform() * 4);
    while (ring.size() < corners) {
      Position const next{Degrees{std::floor(stream.uniform() * 6)},
                          Degrees{std::floor(stream.uniform() * 6)}};
      bool const repeats = !ring.empty() && (next == ring.back() ||
                                             (ring.size() + 1 == corners && next == ring.front()));
      if (!repeats) {
        ring.push_back(next);
      }
    }
    ring.push_back(ring.front());
    bool const expected = crosses_slowly(ring);
    crossing += expected ? 1 : 0;
    EXPECT_EQ(find_self_crossing(ring).has_value(), expected) << "seed " << seed;
  }
  EXPECT_GT(crossing, 500);
  EXPECT_LT(crossing, 2900);
}

}  // namespace
}  // namespace guarantor::model
