#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numbers>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "guarantor/geo/shortest_paths.h"
#include "guarantor/geo/travel_table.h"
#include "guarantor/model/random_stream.h"
#include "random_network.h"

namespace guarantor::geo {
namespace {

/// A road network of the published data with its lengths in metres for times in milliseconds.
struct Roads {
  RandomNetwork network;
  std::vector<model::Position> positions;
  std::vector<bool> mainland;  ///< of component 0, by node
};

/// The first fields of a line of plain CSV.
std::vector<std::string> fields(std::string const& line, std::size_t count) {
  std::vector<std::string> found;
  std::istringstream in{line};
  for (std::string field; found.size() < count && std::getline(in, field, ',');) {
    found.push_back(field);
  }
  return found;
}

std::optional<Roads> read(std::string const& name) {
  char const* const folder = std::getenv("GUARANTOR_DATA");
  if (folder == nullptr) {
    std::cerr << "GUARANTOR_DATA IS NOT SET: the road network " << name << " was not looked at\n";
    return std::nullopt;
  }
  std::string const path = std::string{folder} + "/geo/" + name;
  Roads roads;
  std::vector<RoutingArc> arcs;
  std::string line;
  std::ifstream nodes{path + "/nodes.csv"};
  for (std::getline(nodes, line); std::getline(nodes, line);) {
    auto const field = fields(line, 4);
    roads.positions.push_back(
        {model::Degrees{std::stod(field.at(1))}, model::Degrees{std::stod(field.at(2))}});
    roads.mainland.push_back(field.at(3) == "0");
  }
  std::ifstream edges{path + "/edges.csv"};
  for (std::getline(edges, line); std::getline(edges, line);) {
    auto const field = fields(line, 3);
    NodeIndex const from{static_cast<std::uint32_t>(std::stoul(field.at(0)))};
    NodeIndex const to{static_cast<std::uint32_t>(std::stoul(field.at(1)))};
    for (RoutingArc const arc : {RoutingArc{from, to}, RoutingArc{to, from}}) {
      arcs.push_back(arc);
      roads.network.times.push_back(TravelTime{std::stoul(field.at(2))});
    }
  }
  roads.network.graph =
      std::make_shared<RoutingGraph const>(RoutingGraph::build(roads.positions, arcs).value());
  return roads;
}

/// Ten thousand pairs, a hundred sources by a hundred targets, against Dijkstra's algorithm.
void compare(Roads const& roads) {
  auto const count = static_cast<double>(roads.positions.size());
  model::RandomStream stream{4, "pairs of nodes"};
  std::vector<NodeIndex> sources;
  std::vector<NodeIndex> targets;
  for (int i = 0; i < 100; ++i) {
    sources.push_back(NodeIndex{static_cast<std::uint32_t>(stream.uniform() * count)});
    targets.push_back(NodeIndex{static_cast<std::uint32_t>(stream.uniform() * count)});
  }
  CustomisedHierarchy const hierarchy = customised(roads.network);
  TravelTable const table = travel_table(hierarchy, sources, targets, 2);
  for (std::size_t s = 0; s < sources.size(); ++s) {
    ShortestPathTree const tree{*roads.network.graph, roads.network.times, sources[s]};
    EXPECT_EQ(one_to_all(hierarchy, sources[s]), tree.times());
    for (std::size_t t = 0; t < targets.size(); ++t) {
      EXPECT_EQ(table.at(s, t), tree.time(targets[t]));
    }
    auto const path = shortest_path(hierarchy, sources[s], targets[s]);
    EXPECT_EQ(path.has_value(), tree.time(targets[s]).reached());
    TravelTime sum;
    for (std::size_t i = 0; path && i < path->arcs.size(); ++i) {
      sum = sum + roads.network.times[path->arcs[i].place];
    }
    EXPECT_TRUE(!path || sum == tree.time(targets[s]));
  }
}

TEST(PublishedNetwork, TimesAreDijkstrasOnTheRoadGraph) {
  auto const roads = read("graph");
  if (!roads) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  ASSERT_EQ(roads->positions.size(), 14'909U);
  compare(*roads);
}

TEST(PublishedNetwork, TimesAreDijkstrasOnTheNaturalEarthGraph) {
  auto const roads = read("graph_ne");
  if (!roads) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  ASSERT_EQ(roads->positions.size(), 6'927U);
  compare(*roads);
}

struct City {
  double longitude{};
  double latitude{};
};

NodeIndex nearest(Roads const& roads, City city) {
  double best = 1e9;
  NodeIndex found;
  for (std::uint32_t n = 0; n < roads.positions.size(); ++n) {
    double const x = (roads.positions[n].longitude.count() - city.longitude) *
                     std::cos(city.latitude * std::numbers::pi / 180);
    double const away = std::hypot(x, roads.positions[n].latitude.count() - city.latitude);
    if (roads.mainland[n] && away < best) {
      best = away;
      found = NodeIndex{n};
    }
  }
  return found;
}

/// The published figure does not say which of a city's nodes it begins and ends at: half a percent.
TEST(PublishedNetwork, CitiesLieAsFarApartAsPublished) {
  auto const roads = read("graph");
  if (!roads) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  City const rzeszow{22.00, 50.0705};
  City const kyiv{30.5147, 50.4353};
  City const constanta{28.61, 44.2027};
  City const odesa{30.7081, 46.492};
  City const lviv{24.03, 49.835};
  City const kharkiv{36.2481, 50.0019};
  City const warsaw{20.9981, 52.2519};
  City const dnipro{34.9981, 48.4819};
  City const zaporizhzhia{35.1749, 47.8592};
  struct Distance {
    City from;
    City to;
    double kilometres{};
  };
  CustomisedHierarchy const hierarchy = customised(roads->network);
  for (Distance const& published :
       {Distance{rzeszow, kyiv, 702}, Distance{constanta, odesa, 508}, Distance{lviv, kharkiv, 997},
        Distance{warsaw, dnipro, 1'198}, Distance{kyiv, zaporizhzhia, 519}}) {
    auto const path =
        shortest_path(hierarchy, nearest(*roads, published.from), nearest(*roads, published.to));
    ASSERT_TRUE(path);
    EXPECT_NEAR(path->time.count() / 1e3, published.kilometres, published.kilometres * 0.005);
  }
}

}  // namespace
}  // namespace guarantor::geo
