#include "guarantor/geo/shortest_paths.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "drawn_network.h"
#include "random_network.h"

namespace guarantor::geo {
namespace {

/// Two banks of a river, three bridges: B-D, C-E (one way east) and far to the south F-G.
DrawnNetwork river() {
  return draw_network({"A--2--B--5--D--1--H",  //
                       "|     |     |      ", "4     1     6      ", "|     |     |      ",
                       "I--1--C--3->E      ", "|           |      ", "9           9      ",
                       "|           |      ", "F-----8-----G     K"});
}

CustomisedHierarchy prepared(DrawnNetwork const& network) {
  return customised({network.graph, network.times});
}

/// All times from one letter, as text: "A0 B2 ..." in seconds, "-" for never.
std::string times_from(CustomisedHierarchy const& customised, DrawnNetwork const& network,
                       char from) {
  auto const times = one_to_all(customised, network.node(from));
  std::string text;
  for (std::size_t n = 0; n < times.size(); ++n) {
    text += (n > 0 ? " " : "") + std::string{network.letters[n]} +
            (times[n].reached() ? std::to_string(times[n].count() / 1'000) : "-");
  }
  return text;
}

TEST(ShortestPaths, AreThoseOfTheDrawnMap) {
  DrawnNetwork const network = river();
  EXPECT_EQ(times_from(prepared(network), network, 'A'), "A0 B2 D7 H8 I4 C3 E6 F13 G15 K-");
  EXPECT_EQ(times_from(prepared(network), network, 'E'), "A13 B11 D6 H7 I13 C12 E0 F17 G9 K-");
  EXPECT_EQ(times_from(prepared(network), network, 'K'), "A- B- D- H- I- C- E- F- G- K0");
}

TEST(ShortestPaths, AClosedBridgeChangesJustTheTimesOverIt) {
  DrawnNetwork const network = river();
  CustomisedHierarchy now = prepared(network);
  CustomisedHierarchy const before = now;
  ArcChange const closed[] = {{network.arc('B', 'D'), kNever}, {network.arc('D', 'B'), kNever}};
  ASSERT_TRUE(now.update(closed, 1).ok());
  // From A only D and H lay behind that bridge; from E all of the west bank but F did.
  EXPECT_EQ(times_from(now, network, 'A'), "A0 B2 D12 H13 I4 C3 E6 F13 G15 K-");
  EXPECT_EQ(times_from(now, network, 'E'), "A30 B28 D6 H7 I26 C27 E0 F17 G9 K-");
  EXPECT_EQ(times_from(before, network, 'A'), "A0 B2 D7 H8 I4 C3 E6 F13 G15 K-");
  ArcChange const mended[] = {{network.arc('B', 'D'), TravelTime{5'000}},
                              {network.arc('D', 'B'), TravelTime{5'000}}};
  ASSERT_TRUE(now.update(mended, 1).ok());
  EXPECT_TRUE(now == before);
}

TEST(ShortestPaths, LastChangeOfAnArcCounts) {
  DrawnNetwork const network = river();
  CustomisedHierarchy now = prepared(network);
  ArcIndex const bridge = network.arc('B', 'D');
  ArcChange const changes[] = {{bridge, kNever}, {bridge, TravelTime{1'000}}};
  ASSERT_TRUE(now.update(changes, 1).ok());
  EXPECT_EQ(times_from(now, network, 'A'), "A0 B2 D3 H4 I4 C3 E6 F13 G15 K-");
}

TEST(ShortestPaths, RefusesToChangeAnArcThatIsNotThere) {
  DrawnNetwork const network = river();
  CustomisedHierarchy now = prepared(network);
  CustomisedHierarchy const before = now;
  ArcChange const changes[] = {{network.arc('B', 'D'), kNever}, {ArcIndex{999}, kNever}};
  auto const updated = now.update(changes, 1);
  ASSERT_FALSE(updated.ok());
  EXPECT_EQ(updated.error().kind, model::ErrorKind::kBadInput);
  EXPECT_TRUE(now == before);
}

TEST(ShortestPaths, OfASingleNode) {
  DrawnNetwork const network = draw_network({"A"});
  EXPECT_EQ(times_from(prepared(network), network, 'A'), "A0");
  EXPECT_TRUE(shortest_path(prepared(network), NodeIndex{0}, NodeIndex{0})->arcs.empty());
}

TEST(ShortestPaths, TooFewTimesAreBadInput) {
  DrawnNetwork const network = river();
  auto const made = CustomisedHierarchy::customise(Hierarchy::prepare(network.graph, 1, {}).value(),
                                                   ArcTimes(3), 1);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().kind, model::ErrorKind::kBadInput);
}

TEST(ShortestPaths, LongerThanCanBeToldIsNever) {
  DrawnNetwork network = draw_network({"A-1-B-1-C"});
  for (TravelTime& time : network.times) {
    time = TravelTime{TravelTime::kNeverCount / 2 + 1};
  }
  EXPECT_EQ(one_to_all(prepared(network), network.node('A'))[1].count(),
            TravelTime::kNeverCount / 2 + 1);
  EXPECT_FALSE(one_to_all(prepared(network), network.node('A'))[2].reached());
  EXPECT_FALSE(shortest_path(prepared(network), network.node('A'), network.node('C')));
}

TEST(ShortestPathTree, LooksNoFurtherThanTheLimit) {
  DrawnNetwork const network = river();
  ShortestPathTree const near{*network.graph, network.times, network.node('A'), TravelTime{6'000}};
  std::string letters;
  for (NodeIndex const node : near.reached()) {
    letters += network.letters[node.place];
  }
  EXPECT_EQ(letters, "ABCIE");
  EXPECT_FALSE(near.time(network.node('D')).reached());
}

/// Whether the arcs lead from source to target in the time they say.
bool leads(RandomNetwork const& network, Path const& path, NodeIndex source, NodeIndex target) {
  NodeIndex at = source;
  TravelTime sum;
  for (ArcIndex const arc : path.arcs) {
    if (network.graph->arc(arc).tail != at) {
      return false;
    }
    at = network.graph->arc(arc).head;
    sum = sum + network.times[arc.place];
  }
  return at == target && sum == path.time;
}

RC_GTEST_PROP(ShortestPaths, AreDijkstras, ()) {
  RandomNetwork const network = *random_network();
  CustomisedHierarchy const hierarchy = customised(network);
  for (std::uint32_t s = 0; s < network.graph->node_count(); ++s) {
    NodeIndex const source{s};
    ShortestPathTree const tree{*network.graph, network.times, source};
    RC_ASSERT(one_to_all(hierarchy, source) == tree.times());
    for (std::uint32_t t = 0; t < network.graph->node_count(); ++t) {
      NodeIndex const target{t};
      auto const path = shortest_path(hierarchy, source, target);
      auto const plain = tree.path(target);
      RC_ASSERT(path.has_value() == tree.time(target).reached());
      RC_ASSERT(plain.has_value() == path.has_value());
      if (path) {
        RC_ASSERT(path->time == tree.time(target));
        RC_ASSERT(leads(network, *path, source, target));
        RC_ASSERT(leads(network, *plain, source, target));
      }
    }
  }
}

}  // namespace
}  // namespace guarantor::geo
