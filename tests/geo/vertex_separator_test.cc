#include "guarantor/geo/vertex_separator.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "drawn_network.h"
#include "random_network.h"

namespace guarantor::geo {
namespace {

constexpr auto kOne = static_cast<std::uint8_t>(Side::kOne);
constexpr auto kOther = static_cast<std::uint8_t>(Side::kOther);

/// Whether an edge joins the two sides.
bool leaks(PartGraph const& part, Separation const& cut) {
  for (std::uint32_t n = 0; n < part.size(); ++n) {
    for (std::uint32_t const other : part.around(n)) {
      if (cut.side[n] == kOne && cut.side[other] == kOther) {
        return true;
      }
    }
  }
  return false;
}

TEST(VertexSeparator, IsTheOnlyTownBetweenTwoRegions) {
  DrawnNetwork const network =
      draw_network({"A-1-B   F-1-G",  //
                    "|   |   |   |", "1   1   1   1", "|   |   |   |", "C-1-D-1-E-1-H"});
  PartGraph const part = whole_part(*network.graph);
  Separation const cut = separate(part, {1, 0}, 0.3);
  EXPECT_EQ(cut.separator, 1U);
  EXPECT_GE(cut.smaller, 3U);
  EXPECT_FALSE(leaks(part, cut));
}

TEST(VertexSeparator, OfAGridIsOneOfItsColumns) {
  std::vector<model::Position> positions;
  std::vector<RoutingArc> arcs;
  for (std::uint32_t n = 0; n < 200; ++n) {  // 20 by 10
    positions.push_back({model::Degrees{0.1 * (n % 20)}, model::Degrees{0.1 * (n / 20)}});
    if (n % 20 != 19) {
      arcs.push_back({NodeIndex{n}, NodeIndex{n + 1}});
    }
    if (n + 20 < 200) {
      arcs.push_back({NodeIndex{n}, NodeIndex{n + 20}});
    }
  }
  auto const graph = RoutingGraph::build(positions, arcs).value();
  PartGraph const part = whole_part(graph);
  EXPECT_EQ(separate(part, {1, 0}, 0.3).separator, 10U);
  EXPECT_FALSE(leaks(part, separate(part, {1, 0}, 0.3)));
}

RC_GTEST_PROP(VertexSeparator, LeavesNoEdgeBetweenTheSides, ()) {
  RandomNetwork const network = *random_network(100);
  PartGraph const part = whole_part(*network.graph);
  RC_PRE(part.size() >= 2U);
  double const terminals = 0.05 * *rc::gen::inRange(1, 11);
  Separation const cut = separate(part, {1, -1}, terminals);
  RC_ASSERT(!leaks(part, cut));
  auto const count = [&](std::uint8_t side) {
    return static_cast<std::uint32_t>(std::count(cut.side.begin(), cut.side.end(), side));
  };
  RC_ASSERT(cut.separator == part.size() - count(kOne) - count(kOther));
  RC_ASSERT(cut.smaller == std::min(count(kOne), count(kOther)));
  RC_ASSERT(cut.separator > 0 || cut.smaller > 0);
}

}  // namespace
}  // namespace guarantor::geo
