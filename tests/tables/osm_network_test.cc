#include "guarantor/tables/osm_network.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <sstream>
#include <utility>

#include "guarantor/model/ground_length.h"
#include "osm_map.h"

namespace guarantor::tables {
namespace {

using model::LinkMode;
using model::MovementClass;
using model::NetworkLink;

model::Result<OsmNetwork> read(std::string const& bytes, OsmOptions const& options = {}) {
  std::istringstream in{bytes};
  return read_osm_network(in, "drawn.osm.pbf", options, {});
}

OsmNetwork network_of(OsmMap const& map, OsmOptions const& options = {}) {
  return read(osm_file(map), options).value();
}

float speed(OsmNetwork const& read, NetworkLink const& link, MovementClass movement) {
  return read.network.speeds.at(link.speeds)[static_cast<std::size_t>(movement)];
}

/// The letter of a node of a drawn map.
char letter(OsmMap const& map, model::Position position) {
  for (auto const& [id, at] : map.nodes) {
    if (model::ground_length(at, position).count() < 1) {
      return static_cast<char>(id);
    }
  }
  return '?';
}

/// A link by the letters of its ends: `A-B`, or `A>B` where it is one way.
std::string ends(OsmMap const& map, OsmNetwork const& read, NetworkLink const& link) {
  return std::string{letter(map, read.network.positions.at(link.from))} +
         (link.one_way ? '>' : '-') + letter(map, read.network.positions.at(link.to));
}

/// All links, in order.
std::string links(OsmMap const& map, OsmNetwork const& read) {
  std::string all;
  for (NetworkLink const& link : read.network.links) {
    all += (all.empty() ? "" : " ") + ends(map, read, link);
  }
  return all;
}

/// The links of a single way over AB.
std::string links_of_way(std::string const& tags) {
  OsmMap map = OsmMap::drawn({"A.B"});
  map.add("AB", tags);
  auto const found = read(osm_file(map));
  return found.ok() ? links(map, found.value()) : "none";
}

/// The speed in km/h of a movement class on a way with these tags; 0 where it is not taken.
float speed_on(std::string const& tags, MovementClass movement = MovementClass::kLightWheeled) {
  OsmMap map = OsmMap::drawn({"A.B"});
  map.add("AB", tags);
  auto const found = read(osm_file(map));
  return found.ok() ? speed(found.value(), found.value().network.links.at(0), movement) : 0;
}

std::uint64_t dropped(OsmNetwork const& read, OsmDrop reason) {
  return read.counts.dropped[static_cast<std::size_t>(reason)];
}

TEST(OsmNetwork, CutsWaysWhereTheyMeet) {
  OsmMap map = OsmMap::drawn({"..D..",  //
                              "A.B.C",  //
                              "..E.."});
  map.add("ABC", "highway=primary");
  map.add("DBE", "highway=secondary");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(links(map, read), "A-B B-C D-B B-E");
  EXPECT_EQ(read.network.positions.size(), 5U);
  EXPECT_EQ(read.network.node_names.size(), 5U);
  EXPECT_EQ(read.network.link_names.size(), 4U);
  EXPECT_EQ(read.counts.taken[static_cast<std::size_t>(LinkMode::kRoad)], 2U);
  EXPECT_EQ(speed(read, read.network.links[1], MovementClass::kHeavyWheeled), 50);
  EXPECT_EQ(speed(read, read.network.links[2], MovementClass::kHeavyWheeled), 45);
}

TEST(OsmNetwork, MeasuresAlongAllNodesOfAWay) {
  OsmMap map = OsmMap::drawn({"..B..",  //
                              ".....",  //
                              "A...C"});
  map.add("ABC", "highway=primary");
  OsmNetwork const read = network_of(map);
  ASSERT_EQ(links(map, read), "A-C");
  double const length = model::ground_length(map.nodes['A'], map.nodes['B']).count() +
                        model::ground_length(map.nodes['B'], map.nodes['C']).count();
  EXPECT_GT(length, 1.2 * model::ground_length(map.nodes['A'], map.nodes['C']).count());
  EXPECT_NEAR(read.network.links[0].length_m, length, 0.02);
}

TEST(OsmNetwork, CutsAWayThatMeetsItself) {
  OsmMap map = OsmMap::drawn({"..C.D",  //
                              "A.B.E"});
  map.add("ABCDEBA", "highway=residential");
  EXPECT_EQ(links(map, network_of(map)), "A-B B-B B-A");
  OsmMap ring = OsmMap::drawn({"A.B",  //
                               "..C"});
  ring.add("ABCA", "highway=residential");
  EXPECT_EQ(links(ring, network_of(ring)), "A-A");
}

TEST(OsmNetwork, KnowsWhichWayIsOpen) {
  EXPECT_EQ(links_of_way("highway=primary"), "A-B");
  EXPECT_EQ(links_of_way("highway=primary oneway=yes"), "A>B");
  EXPECT_EQ(links_of_way("highway=primary oneway=-1"), "B>A");
  EXPECT_EQ(links_of_way("highway=primary oneway=no"), "A-B");
  EXPECT_EQ(links_of_way("highway=primary oneway=reversible"), "none");
  EXPECT_EQ(links_of_way("highway=primary junction=roundabout"), "A>B");
  EXPECT_EQ(links_of_way("highway=primary junction=roundabout oneway=-1"), "B>A");
  EXPECT_EQ(links_of_way("highway=motorway"), "A>B");
  EXPECT_EQ(links_of_way("highway=motorway oneway=no"), "A-B");
  EXPECT_EQ(links_of_way("highway=motorway_link"), "A-B");
  EXPECT_EQ(links_of_way("railway=rail oneway=yes"), "A-B");
}

TEST(OsmNetwork, TakesTheSpeedOfTheKindOfRoadUpToTheLimit) {
  EXPECT_EQ(speed_on("highway=motorway"), 80);
  EXPECT_EQ(speed_on("highway=motorway maxspeed=130"), 80);
  EXPECT_EQ(speed_on("highway=motorway maxspeed=60"), 60);
  EXPECT_EQ(speed_on("highway=primary maxspeed=UA:urban"), 50);
  EXPECT_EQ(speed_on("highway=primary", MovementClass::kTransporter), 40);
  EXPECT_EQ(speed_on("highway=primary maxspeed:hgv=30", MovementClass::kTransporter), 30);
  EXPECT_EQ(speed_on("highway=primary maxspeed:hgv=30"), 60);
  EXPECT_EQ(speed_on("highway=primary", MovementClass::kTrain), 0);
  EXPECT_EQ(speed_on("railway=rail usage=main", MovementClass::kTrain), 50);
  EXPECT_EQ(speed_on("railway=rail usage=main maxspeed=30", MovementClass::kTrain), 30);
  EXPECT_EQ(speed_on("railway=rail service=crossover", MovementClass::kTrain), 25);
}

/// Rows such as `| residential, road | 25 | 20 | 15 |` of the page that tells people.
TEST(OsmNetwork, DrivesAtTheSpeedsThatThePageTells) {
  std::ifstream page{"docs/osm.md"};
  int rows = 0;
  for (std::string line; std::getline(page, line);) {
    std::replace_if(line.begin(), line.end(), [](char c) { return c == '|' || c == ','; }, ' ');
    std::istringstream words{line};
    std::vector<std::string> names;
    std::vector<float> speeds;
    for (std::string word; words >> word;) {
      bool const number = word.find_first_not_of("0123456789") == std::string::npos;
      if (number) {
        speeds.push_back(std::stof(word));
      } else {
        names.push_back(word);
      }
    }
    if (speeds.size() != 3) {
      continue;
    }
    for (std::string const& name : names) {
      OsmMap map = OsmMap::drawn({"A.B"});
      map.add("AB", "highway=" + name);
      OsmNetwork const read = network_of(map, {.take = {.least = OsmRoad::kTrack}});
      for (std::size_t movement = 0; movement < speeds.size(); ++movement) {
        EXPECT_EQ(read.network.speeds.at(0)[movement], speeds[movement]) << name;
      }
      ++rows;
    }
  }
  EXPECT_EQ(rows, 16);
}

TEST(OsmNetwork, LeavesTheSpeedWhereALimitIsNone) {
  for (char const* const absurd : {"0", "-5", "2000", "0.1", "-0"}) {
    OsmMap map = OsmMap::drawn({"A.B"});
    map.add("AB", std::string{"highway=primary maxspeed="} + absurd);
    OsmNetwork const read = network_of(map);
    EXPECT_EQ(speed(read, read.network.links[0], MovementClass::kLightWheeled), 60) << absurd;
    EXPECT_EQ(read.counts[OsmTrouble::kTagAbsurd], 1U) << absurd;
    ASSERT_EQ(read.examples.size(), 1U);
    EXPECT_EQ(print(read.examples[0]), std::string{"drawn.osm.pbf: warning: way 1: maxspeed `"} +
                                           absurd +
                                           "` is no limit; that of its kind of way counts");
  }
  OsmMap map = OsmMap::drawn({"A.B"});
  map.add("AB", "highway=primary maxspeed=slowly maxweight=heavy");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(read.counts[OsmTrouble::kTagUnread], 2U);
  EXPECT_EQ(read.network.links[0].load_class_t, 0U);
}

TEST(OsmNetwork, KnowsWhoMayUseARoad) {
  EXPECT_EQ(speed_on("highway=primary access=private"), 0);
  EXPECT_EQ(speed_on("highway=primary motor_vehicle=no"), 0);
  EXPECT_EQ(speed_on("highway=primary access=no motor_vehicle=yes"), 60);
  EXPECT_EQ(speed_on("highway=primary access=yes motor_vehicle=private"), 0);
  EXPECT_EQ(speed_on("highway=primary motor_vehicle=destination"), 60);
  EXPECT_EQ(speed_on("highway=primary hgv=no"), 60);
  EXPECT_EQ(speed_on("highway=primary hgv=no", MovementClass::kHeavyWheeled), 0);
  EXPECT_EQ(speed_on("highway=primary hgv=no", MovementClass::kTransporter), 0);
  EXPECT_EQ(speed_on("highway=primary motor_vehicle=no hgv=yes", MovementClass::kTransporter), 40);
}

TEST(OsmNetwork, ReadsWhatAWayBears) {
  auto const load = [](std::string const& tags) {
    OsmMap map = OsmMap::drawn({"A.B"});
    map.add("AB", "highway=primary " + tags);
    return network_of(map).network.links.at(0).load_class_t;
  };
  EXPECT_EQ(load(""), 0U);
  EXPECT_EQ(load("maxweight=7.5"), 7U);
  EXPECT_EQ(load("maxweight=30~t"), 30U);
  EXPECT_EQ(load("maxweight=0.5"), 1U);
  EXPECT_EQ(load("maxaxleload=10"), 40U);
  EXPECT_EQ(load("maxaxleload=10 maxweight=12"), 12U);
  EXPECT_EQ(load("maxweightrating=3.5 maxweight=12"), 3U);
  EXPECT_EQ(load("maxweight=none"), 0U);
  EXPECT_EQ(load("maxweight=-3"), 0U);
}

TEST(OsmNetwork, TakesLesserRoadsWhereAsked) {
  OsmMap map = OsmMap::drawn({"A.B.C.D"});
  map.add("AB", "highway=primary");
  map.add("BC", "highway=service");
  map.add("CD", "highway=track");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(links(map, read), "A-B");
  EXPECT_EQ(dropped(read, OsmDrop::kMinorRoad), 2U);
  EXPECT_EQ(links(map, network_of(map, {.take = {.least = OsmRoad::kTrack}})), "A-B B-C C-D");
}

TEST(OsmNetwork, CountsWhatItLeavesOutByReason) {
  OsmMap map = OsmMap::drawn({"A.B"});
  for (char const* const tags :
       {"highway=primary", "building=yes", "highway=construction", "highway=footway",
        "highway=service", "highway=primary access=no", "highway=primary oneway=reversible",
        "highway=residential area=yes", "railway=rail service=yard", "railway=tram",
        "railway=rail usage=industrial", "railway=abandoned", "route=ferry",
        "route=ferry access=yes"}) {
    map.add("AB", tags);
  }
  map.add("AA", "highway=primary");
  map.add("A", "highway=primary");
  map.add("AZ", "highway=primary");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(links(map, read), "A-B");
  std::map<OsmDrop, std::uint64_t> const expected{
      {OsmDrop::kOther, 1},     {OsmDrop::kUnfinished, 2}, {OsmDrop::kPath, 1},
      {OsmDrop::kMinorRoad, 1}, {OsmDrop::kNoAccess, 1},   {OsmDrop::kReversible, 1},
      {OsmDrop::kArea, 1},      {OsmDrop::kMinorRail, 3},  {OsmDrop::kNoVehicles, 2},
      {OsmDrop::kNotWanted, 0}, {OsmDrop::kShort, 2},      {OsmDrop::kRepeated, 0},
      {OsmDrop::kMissing, 1}};
  for (auto const& [reason, count] : expected) {
    EXPECT_EQ(dropped(read, reason), count) << model::text(reason);
  }
  EXPECT_EQ(read.counts.ways, map.ways.size());
}

TEST(OsmNetwork, FerriesCarryVehicles) {
  OsmMap map = OsmMap::drawn({"A.B~~C.D"});
  map.nodes.erase('~');
  map.add("AB", "highway=primary");
  map.add("CD", "highway=primary");
  map.add("BC", "route=ferry motor_vehicle=yes hgv=no");
  OsmNetwork const read = network_of(map);
  ASSERT_EQ(links(map, read), "A-B C-D B-C");
  NetworkLink const& ferry = read.network.links[2];
  EXPECT_EQ(ferry.mode, LinkMode::kSea);
  EXPECT_EQ(speed(read, ferry, MovementClass::kLightWheeled), 20);
  EXPECT_EQ(speed(read, ferry, MovementClass::kHeavyWheeled), 0);
  EXPECT_EQ(read.counts[OsmTrouble::kIsland], 0U);
  OsmNetwork const without = network_of(map, {.take = {.ferries = false}});
  EXPECT_EQ(dropped(without, OsmDrop::kNotWanted), 1U);
  EXPECT_EQ(without.counts[OsmTrouble::kIsland], 1U);
}

TEST(OsmNetwork, TrainsAndVehiclesDoNotMeetAtLevelCrossings) {
  OsmMap map = OsmMap::drawn({"..D..",  //
                              "A.B.C",  //
                              "..E.."});
  map.add("ABC", "highway=primary");
  map.add("DBE", "railway=rail usage=main");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(links(map, read), "A-C D-E");
  EXPECT_EQ(read.network.links[1].mode, LinkMode::kRail);
  EXPECT_EQ(read.counts[OsmTrouble::kIsland], 0U);
  OsmNetwork const roads = network_of(map, {.take = {.rail = false}});
  EXPECT_EQ(links(map, roads), "A-C");
  EXPECT_EQ(dropped(roads, OsmDrop::kNotWanted), 1U);
}

TEST(OsmNetwork, NamesBridgesSoThatOneCanBeClosed) {
  OsmMap map = OsmMap::drawn({"A.B.C.D"});
  map.add("AB", "highway=primary ref=M14 name=Kherson~Road");
  map.add("BC", "highway=primary ref=M14 bridge=yes bridge:name=Antonivka~Bridge");
  map.add("CD", "highway=primary bridge=viaduct tunnel=no");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(read.network.link_names[0], "M14 Kherson Road");
  EXPECT_EQ(read.network.link_names[1], "bridge M14 Antonivka Bridge (way 2)");
  EXPECT_EQ(read.network.link_names[2], "bridge (way 3)");
  OsmNetwork const nameless = network_of(map, {.names = false});
  EXPECT_EQ(nameless.network.link_names, std::vector<std::string>(3));
}

TEST(OsmNetwork, LeavesOutANameThatIsNoText) {
  OsmMap map = OsmMap::drawn({"A.B"});
  map.add("AB", "highway=primary name=\xff\xfe");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(read.network.link_names[0], "");
  EXPECT_EQ(read.counts[OsmTrouble::kNameUnread], 1U);
}

TEST(OsmNetwork, CutsAWayWhereANodeIsMissing) {
  OsmMap map = OsmMap::drawn({"A.B.C.D.E"});
  map.add("ABZCDE", "highway=primary");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(links(map, read), "A-B C-E");
  EXPECT_EQ(read.counts[OsmTrouble::kNodeMissing], 1U);
  EXPECT_EQ(print(read.examples.at(0)),
            "drawn.osm.pbf: warning: way 1 leads over node 90, which is not in the file; it is cut "
            "there");
}

TEST(OsmNetwork, PassesOverTheOnlyNodeBetweenTwoThatAreMissing) {
  OsmMap map = OsmMap::drawn({"A.B.C.D"});
  map.add("ZAYBC", "highway=primary");
  map.add("AD", "highway=primary");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(links(map, read), "B-C A-D");
  EXPECT_EQ(read.counts[OsmTrouble::kNodeMissing], 2U);
}

TEST(OsmNetwork, TellsOfIslands) {
  OsmMap map = OsmMap::drawn({"A.B.C",  //
                              ".....",  //
                              "D.E.F"});
  map.add("DE", "highway=primary");
  map.add("ABC", "highway=primary");
  map.add("BC", "highway=primary");
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(read.counts[OsmTrouble::kIsland], 1U);
  EXPECT_EQ(read.counts.island_nodes, 2U);
  EXPECT_EQ(read.examples.at(0).message,
            "nothing joins way 1 and what hangs together with it, 2 nodes, to the 3 nodes of the "
            "largest part");
}

TEST(OsmNetwork, TellsOnlyTheFirstOfEachTroubleButCountsAll) {
  OsmMap map = OsmMap::drawn({"A.B"});
  for (int i = 0; i < 25; ++i) {
    map.add("AB", "highway=primary maxspeed=-1");
  }
  OsmNetwork const read = network_of(map, {.examples = 3});
  EXPECT_EQ(read.counts[OsmTrouble::kTagAbsurd], 25U);
  EXPECT_EQ(read.examples.size(), 3U);
}

TEST(OsmNetwork, AWayThatComesAgainDoesNotCount) {
  OsmMap map = OsmMap::drawn({"A.B.C"});
  map.add("AB", "highway=primary");
  map.add("BC", "highway=primary");
  map.ways.push_back(map.ways[0]);
  OsmNetwork const read = network_of(map);
  EXPECT_EQ(links(map, read), "A-B B-C");
  EXPECT_EQ(dropped(read, OsmDrop::kRepeated), 1U);
}

/// The links of roads as one would make them by hand, from what libosmium reads: ends and lengths.
std::multiset<std::tuple<std::int64_t, std::int64_t, long>> links_by_hand(OsmMap const& map) {
  std::map<std::int64_t, int> uses;
  for (OsmMap::Way const& way : map.ways) {
    for (std::int64_t const node : way.nodes) {
      ++uses[node];
    }
    uses[way.nodes.front()] += 2;
    uses[way.nodes.back()] += 2;
  }
  std::multiset<std::tuple<std::int64_t, std::int64_t, long>> found;
  for (OsmMap::Way const& way : map.ways) {
    double metres = 0;
    std::int64_t from = way.nodes.front();
    for (std::size_t i = 1; i < way.nodes.size(); ++i) {
      metres +=
          model::ground_length(map.nodes.at(way.nodes[i - 1]), map.nodes.at(way.nodes[i])).count();
      if (uses[way.nodes[i]] > 1) {
        found.emplace(from, way.nodes[i], std::lround(metres));
        from = way.nodes[i];
        metres = 0;
      }
    }
  }
  return found;
}

RC_GTEST_PROP(OsmNetwork, HoldsTheLinksThatOneMakesByHand, ()) {
  OsmMap map;
  int const count = *rc::gen::inRange(2, 12);
  for (int n = 0; n < count; ++n) {
    // Far enough apart to be told from each other, some below and some above zero.
    map.nodes[n * 7 - 20] = {model::Degrees{-0.05 + 0.01 * n},
                             model::Degrees{0.001 * *rc::gen::inRange(-90, 91)}};
  }
  for (int w = *rc::gen::inRange(1, 8); w > 0; --w) {
    std::string const none;
    map.add(none, "highway=primary");
    auto& nodes = map.ways.back().nodes;
    int at = *rc::gen::inRange(0, count);
    for (int steps = *rc::gen::inRange(1, 9); steps >= 0; --steps) {
      nodes.push_back(at * 7 - 20);
      at = (at + *rc::gen::inRange(1, count)) % count;  // another node
    }
  }
  std::string const file = osm_file(map, *rc::gen::arbitrary<bool>());
  OsmNetwork const found = read(file).value();
  std::multiset<std::tuple<std::int64_t, std::int64_t, long>> made;
  auto const id_of = [&](std::uint32_t node) {
    return std::lround((found.network.positions[node].longitude.count() + 0.05) / 0.01) * 7 - 20;
  };
  for (NetworkLink const& link : found.network.links) {
    made.emplace(id_of(link.from), id_of(link.to), std::lround(link.length_m));
  }
  RC_ASSERT(made == links_by_hand(read_with_libosmium(file)));
}

TEST(OsmNetwork, ReportsHowFarItIs) {
  OsmMap map = OsmMap::drawn({"A.B"});
  map.add("AB", "highway=primary");
  std::vector<double> shares;
  std::set<std::string> stages;
  std::istringstream in{osm_file(map)};
  model::RunControl const control{.progress = [&](model::Progress const& step) {
    shares.push_back(step.share_done);
    stages.insert(step.stage);
  }};
  ASSERT_TRUE(read_osm_network(in, "drawn", {}, control).ok());
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_EQ(shares.back(), 1);
  EXPECT_EQ(stages, (std::set<std::string>{"reading nodes", "reading ways"}));
}

TEST(OsmNetwork, StopsWhenAsked) {
  OsmMap map = OsmMap::drawn({"A.B"});
  map.add("AB", "highway=primary");
  std::istringstream in{osm_file(map)};
  std::stop_source stop;
  stop.request_stop();
  auto const read = read_osm_network(in, "drawn", {}, {.cancel = stop.get_token()});
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, model::ErrorKind::kLimit);
}

}  // namespace
}  // namespace guarantor::tables
