#include "guarantor/geo/routing_graph.h"

#include <gtest/gtest.h>

#include <limits>

#include "drawn_network.h"

namespace guarantor::geo {
namespace {

model::Position at(double longitude, double latitude) {
  return {model::Degrees{longitude}, model::Degrees{latitude}};
}

RoutingArc arc(std::uint32_t tail, std::uint32_t head) {
  return {NodeIndex{tail}, NodeIndex{head}};
}

TEST(RoutingGraph, ListsLeavingArcsByHeadAndThenByArc) {
  auto const graph = RoutingGraph::build({at(0, 0), at(1, 0), at(2, 0)},
                                         {arc(0, 2), arc(0, 1), arc(0, 2), arc(1, 0)})
                         .value();
  ASSERT_EQ(graph.leaving(NodeIndex{0}).size(), 3U);
  EXPECT_EQ(graph.leaving(NodeIndex{0})[0].arc, ArcIndex{1});
  EXPECT_EQ(graph.leaving(NodeIndex{0})[1].arc, ArcIndex{0});
  EXPECT_EQ(graph.leaving(NodeIndex{0})[2].arc, ArcIndex{2});
  EXPECT_EQ(graph.between(NodeIndex{0}, NodeIndex{2}).size(), 2U);
  EXPECT_TRUE(graph.between(NodeIndex{2}, NodeIndex{0}).empty());
}

TEST(RoutingGraph, NamesTheArcThatLeadsNowhere) {
  auto const graph = RoutingGraph::build({at(0, 0), at(1, 0)}, {arc(0, 1), arc(1, 7)});
  ASSERT_FALSE(graph.ok());
  EXPECT_EQ(graph.error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(graph.error().message, "arc 1 names node 7, but there are only 2 nodes");
}

TEST(RoutingGraph, NamesTheNodeWithoutAPlace) {
  auto const graph =
      RoutingGraph::build({at(0, 0), at(std::numeric_limits<double>::quiet_NaN(), 0)}, {});
  ASSERT_FALSE(graph.ok());
  EXPECT_EQ(graph.error().message, "node 1 has a position that is not a number");
}

TEST(RoutingGraph, FingerprintsTellGraphsApart) {
  auto const fingerprint = [](double longitude, RoutingArc second) {
    return RoutingGraph::build({at(0, 0), at(longitude, 0)}, {arc(0, 1), second})
        .value()
        .fingerprint();
  };
  EXPECT_EQ(fingerprint(1, arc(1, 0)), fingerprint(1, arc(1, 0)));
  EXPECT_NE(fingerprint(1, arc(1, 0)), fingerprint(1.000001, arc(1, 0)));
  EXPECT_NE(fingerprint(1, arc(1, 0)), fingerprint(1, arc(0, 1)));
}

TEST(TravelTime, StopsAtNever) {
  EXPECT_EQ(TravelTime{5} + TravelTime{7}, TravelTime{12});
  EXPECT_EQ(kNever + TravelTime{0}, kNever);
  EXPECT_EQ(TravelTime{TravelTime::kNeverCount - 1} + TravelTime{1}, kNever);
  EXPECT_EQ(TravelTime{std::numeric_limits<std::uint64_t>::max()}, kNever);
  EXPECT_TRUE(TravelTime{TravelTime::kNeverCount - 1}.reached());
  EXPECT_FALSE(kNever.reached());
}

TEST(DrawnNetwork, ReadsWhatIsDrawn) {
  DrawnNetwork const network = draw_network({"A-3->B",  //
                                             "|     |", "12    ", "|      ", "C      "});
  EXPECT_EQ(network.graph->node_count(), 3U);
  EXPECT_EQ(network.graph->arc_count(), 3U);
  EXPECT_EQ(network.times[network.arc('A', 'B').place], TravelTime{3'000});
  EXPECT_EQ(network.times[network.arc('C', 'A').place], TravelTime{1'000});
}

}  // namespace
}  // namespace guarantor::geo
