#include "bench/boost_dijkstra.h"

#include <gtest/gtest.h>

#include "guarantor/geo/shortest_paths.h"
#include "guarantor/model/random_stream.h"

namespace guarantor::bench {
namespace {

/// The peer must be given the same graph, closed arcs and all, or measuring beside it means
/// nothing.
TEST(BoostDijkstra, FindsTheSameTimes) {
  if (BoostDijkstra::version().empty()) {
    GTEST_SKIP() << "Boost's headers are not there";
  }
  constexpr std::uint32_t kNodes = 200;
  model::RandomStream stream{1, "graph"};
  std::vector<geo::RoutingArc> arcs;
  geo::ArcTimes times;
  auto const node = [&] {
    return geo::NodeIndex{static_cast<std::uint32_t>(stream.bits() % kNodes)};
  };
  for (int a = 0; a < 500; ++a) {
    geo::NodeIndex const tail = node();
    arcs.push_back({tail, node()});
    times.push_back(stream.bits() % 10 == 0 ? geo::kNever : geo::TravelTime{stream.bits() % 1'000});
  }
  auto const graph =
      geo::RoutingGraph::build(std::vector<model::Position>(kNodes), std::move(arcs)).value();
  BoostDijkstra const boost{graph, times};
  for (std::uint32_t source = 0; source < kNodes; ++source) {
    EXPECT_EQ(boost.times_from({source}), geo::ShortestPathTree(graph, times, {source}).times());
  }
}

}  // namespace
}  // namespace guarantor::bench
