#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

#include "guarantor/geo/shortest_paths.h"
#include "guarantor/geo/travel_table.h"
#include "guarantor/model/ground_length.h"
#include "guarantor/model/random_stream.h"
#include "guarantor/tables/osm_network.h"
#include "osm_map.h"

/// The published extract of a whole country, where it is at hand.
namespace guarantor::tables {
namespace {

using model::MovementClass;
using model::NetworkLink;
using model::Position;

std::optional<std::filesystem::path> extract() {
  char const* const folder = std::getenv("GUARANTOR_DATA");
  if (folder == nullptr) {
    std::cerr << "GUARANTOR_DATA IS NOT SET: the extract of Liechtenstein was not looked at\n";
    return std::nullopt;
  }
  return std::filesystem::path{folder} / "geo/osm_samples/liechtenstein.osm.pbf";
}

/// The links of a movement class as a graph, with lengths in metres for times in milliseconds.
struct Lengths {
  geo::RoutingGraph graph;
  geo::ArcTimes times;
};

Lengths lengths_of(model::Network const& network, MovementClass movement) {
  std::vector<geo::RoutingArc> arcs;
  geo::ArcTimes times;
  for (NetworkLink const& link : network.links) {
    if (network.speeds[link.speeds][static_cast<std::size_t>(movement)] <= 0) {
      continue;
    }
    geo::TravelTime const metres{static_cast<std::uint64_t>(link.length_m + 0.5)};
    arcs.push_back({{link.from}, {link.to}});
    times.push_back(metres);
    if (!link.one_way) {
      arcs.push_back({{link.to}, {link.from}});
      times.push_back(metres);
    }
  }
  return {geo::RoutingGraph::build(network.positions, std::move(arcs)).value(), std::move(times)};
}

geo::NodeIndex nearest(Lengths const& lengths, Position position) {
  geo::NodeIndex best{};
  double least = 1e9;
  for (std::uint32_t n = 0; n < lengths.graph.node_count(); ++n) {
    double const away = model::ground_length(lengths.graph.position({n}), position).count();
    if (away < least && !lengths.graph.leaving({n}).empty()) {
      least = away;
      best = {n};
    }
  }
  return best;
}

Position at(double longitude, double latitude) {
  return {model::Degrees{longitude}, model::Degrees{latitude}};
}

TEST(Liechtenstein, TownsLieAsFarApartByRoadAsTheyDo) {
  auto const file = extract();
  if (!file) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  auto const read = read_osm_network(*file, {}, {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  // By car: two stretches of the road between Triesen and Balzers are tagged as closed to other
  // motor vehicles in this extract.
  Lengths const lengths = lengths_of(read.value().network, MovementClass::kLightWheeled);
  Position const vaduz = at(9.5215, 47.1393);
  Position const schaan = at(9.5090, 47.1654);
  Position const balzers = at(9.5020, 47.0664);
  geo::ShortestPathTree const from_vaduz{lengths.graph, lengths.times, nearest(lengths, vaduz)};
  auto const metres = [&](Position to) { return from_vaduz.time(nearest(lengths, to)).count(); };
  // Town hall to town hall: about 3 and 9 km by the main road, as milestones and timetables have
  // it.
  EXPECT_NEAR(metres(schaan), 3'200, 400);
  EXPECT_NEAR(metres(balzers), 9'000, 900);
}

TEST(Liechtenstein, TimesAreDijkstrasForTenThousandPairs) {
  auto const file = extract();
  if (!file) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  auto const read = read_osm_network(*file, {.take = {.least = OsmRoad::kTrack}}, {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  Lengths lengths = lengths_of(read.value().network, MovementClass::kLightWheeled);
  auto const graph = std::make_shared<geo::RoutingGraph const>(std::move(lengths.graph));
  auto const customised = geo::CustomisedHierarchy::customise(
                              geo::Hierarchy::prepare(graph, 2, {}).value(), lengths.times, 2)
                              .value();
  model::RandomStream stream{4, "pairs of nodes"};
  std::vector<geo::NodeIndex> nodes(100);
  for (geo::NodeIndex& node : nodes) {
    node = {static_cast<std::uint32_t>(stream.bits() % graph->node_count())};
  }
  geo::TravelTable const table = geo::travel_table(customised, nodes, nodes, 2);
  for (std::size_t s = 0; s < nodes.size(); ++s) {
    geo::ShortestPathTree const tree{*graph, lengths.times, nodes[s]};
    for (std::size_t t = 0; t < nodes.size(); ++t) {
      ASSERT_EQ(table.at(s, t), tree.time(nodes[t]));
    }
  }
}

TEST(Liechtenstein, NearlyAllRoadsHangTogether) {
  auto const file = extract();
  if (!file) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  auto const read = read_osm_network(*file, {}, {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  OsmNetwork const& osm = read.value();
  EXPECT_GT(osm.network.links.size(), 2'000U);
  EXPECT_LT(static_cast<double>(osm.counts.island_nodes),
            0.05 * static_cast<double>(osm.network.positions.size()));
  std::uint64_t ways = 0;
  for (std::uint64_t const count : osm.counts.taken) {
    ways += count;
  }
  for (std::uint64_t const count : osm.counts.dropped) {
    ways += count;
  }
  EXPECT_EQ(ways, osm.counts.ways);
}

TEST(Liechtenstein, HoldsWhatLibosmiumReads) {
  auto const file = extract();
  if (!file) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  std::ifstream in{*file, std::ios::binary};
  OsmMap const map = read_with_libosmium({std::istreambuf_iterator<char>{in}, {}});
  auto const read = read_osm_network(*file, {}, {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value().counts.nodes, map.nodes.size());
  EXPECT_EQ(read.value().counts.ways, map.ways.size());
}

}  // namespace
}  // namespace guarantor::tables
