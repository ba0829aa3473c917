#include "guarantor/geo/mover_network.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "drawn_world.h"

namespace guarantor::geo {
namespace {

using model::MovementClass;
using model::NodeKind;

Mover by_road(MovementClass movement = MovementClass::kHeavyWheeled) {
  Mover mover = usual_mover(movement);
  mover.carried = {};
  return mover;
}

/// A river between two banks, a bridge at B-D and one at F-G; a railway beside the northern road; a
/// port H, an island I with a road to its other end K, and far behind all of it M, which is alone.
DrawnWorld river() {
  return draw_world({"A--20--B---5----D--20--E ",  //
                     "!      |        |      ! ",  //
                     "!      30       30     ! ",  //
                     "!      |        |      ! ",  //
                     "!      F---5----G      ! ",  //
                     "60                     60",  //
                     "!                      ! ",  //
                     "P=========600==========Q ",  //
                     "|                      : ",  //
                     "10                     30",  //
                     "|                      : ",  //
                     "H****300****I----40----K ",  //
                     "                    M-9-N"},
                    {{'H', {.kind = NodeKind::kPort}}, {'I', {.kind = NodeKind::kPort}}});
}

TEST(MoverNetwork, FindsTheTimesOfTheDrawnMap) {
  DrawnWorld const world = river();
  EXPECT_EQ(minutes_from(for_mover(world, by_road()), world, 'A'),
            "A0 B20 D25 E45 F50 G55 P- Q- H- I- K- M- N-");
  // 6 h onto the train, 60 and 600 km, 4 h off it.
  EXPECT_EQ(minutes_from(for_mover(world, usual_mover(MovementClass::kHeavyWheeled)), world, 'A'),
            "A0 B20 D25 E45 F50 G55 P660 Q705 H670 I955 K915 M- N-");
}

TEST(MoverNetwork, ClosingABridgeChangesJustTheTimesItShould) {
  DrawnWorld const world = river();
  MoverNetwork now = for_mover(world, by_road());
  MoverNetwork const before = now;
  auto const closed = find_links(*prepare(world.network, 1, {}).value().network,
                                 std::vector<LinkOrder>{{"B-D", LinkAct::kClose, 1}});
  ASSERT_TRUE(closed.ok());
  ASSERT_TRUE(now.apply(closed.value(), 1).ok());
  EXPECT_EQ(minutes_from(now, world, 'A'), "A0 B20 D85 E105 F50 G55 P- Q- H- I- K- M- N-");
  EXPECT_EQ(minutes_from(now, world, 'G'), "A55 B35 D30 E50 F5 G0 P- Q- H- I- K- M- N-");
  EXPECT_EQ(minutes_from(before, world, 'A'), "A0 B20 D25 E45 F50 G55 P- Q- H- I- K- M- N-");
  // Of all pairs just those whose way led over that bridge: A or B with D or E.
  std::string changed;
  for (char const from : world.letters) {
    auto const then = hierarchy_times(before, world.number(from));
    auto const after = hierarchy_times(now, world.number(from));
    for (std::size_t p = 0; p < then.size(); ++p) {
      changed += then[p] == after[p] ? "" : std::string{from} + world.letters[p] + " ";
    }
  }
  EXPECT_EQ(changed, "AD AE BD BE DA DB EA EB ");
}

TEST(MoverNetwork, SlowsDamagesAndOpensLinks) {
  DrawnWorld world = river();
  world.network.links[world.link("B-D").place].closed = true;
  world.network.link_facts[world.link("F-G").place].damaged = true;
  MoverNetwork now = for_mover(world, by_road());
  EXPECT_EQ(minutes_from(now, world, 'A').substr(0, 23), "A0 B20 D100 E120 F50 G7") << "4 x 5";
  LinkChange const slow[] = {{world.link("F-G"), LinkAct::kSlow, 0.5}};
  ASSERT_TRUE(now.apply(slow, 1).ok());
  EXPECT_EQ(minutes_from(now, world, 'F').substr(0, 19), "A50 B30 D70 E90 F0 ") << "8 x 5 + 30";
  LinkChange const open[] = {{world.link("F-G"), LinkAct::kOpen, 1},
                             {world.link("B-D"), LinkAct::kOpen, 1}};
  ASSERT_TRUE(now.apply(open, 1).ok());
  EXPECT_EQ(minutes_from(now, world, 'A'), "A0 B20 D25 E45 F50 G55 P- Q- H- I- K- M- N-");
}

TEST(MoverNetwork, FindsLinksByNameOrByTheirEnds) {
  DrawnWorld const world = river();
  auto const network = prepare(world.network, 1, {}).value().network;
  auto const found = find_links(
      *network, std::vector<LinkOrder>{{"D:B", LinkAct::kClose, 1}, {"F-G", LinkAct::kSlow, 0.25}});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found.value().size(), 2U);
  EXPECT_EQ(found.value()[0].link, world.link("B-D"));
  EXPECT_EQ(found.value()[1].factor, 0.25);
  auto const unknown = find_links(*network, std::vector<LinkOrder>{{"B-E", LinkAct::kClose, 1}});
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().message, "the network has no link `B-E`");
  EXPECT_NE(unknown.error().hint, "");
  for (double const factor : {0.0, -1.0, 1.5}) {
    EXPECT_FALSE(
        find_links(*network, std::vector<LinkOrder>{{"B-D", LinkAct::kSlow, factor}}).ok());
  }
}

TEST(MoverNetwork, ALoadClassKeepsOutWhatIsTooHeavy) {
  DrawnWorld world = river();
  world.network.links[world.link("B-D").place].load_class_t = 60;
  EXPECT_EQ(minutes_from(for_mover(world, by_road()), world, 'A').substr(0, 10), "A0 B20 D25");
  Mover const tank = by_road(MovementClass::kTransporter);
  EXPECT_EQ(minutes_from(for_mover(world, tank), world, 'A').substr(0, 10), "A0 B20 D85");
}

TEST(MoverNetwork, AnAircraftNeedsARunwayAtBothEnds) {
  DrawnWorld const world = draw_world({"A..600..B..600..C..600..D"},
                                      {{'A', {.runway_m = 2500, .kind = NodeKind::kAirport}},
                                       {'B', {.runway_m = 2000, .kind = NodeKind::kAirport}},
                                       {'C', {.runway_m = 1500, .kind = NodeKind::kAirport}},
                                       {'D', {.kind = NodeKind::kAirport}}});
  Mover aircraft = usual_mover(MovementClass::kFixedWing);
  EXPECT_EQ(minutes_from(for_mover(world, aircraft), world, 'A'), "A0 B60 C- D-");
  aircraft.runway = model::Metres{1500};
  EXPECT_EQ(minutes_from(for_mover(world, aircraft), world, 'A'), "A0 B60 C120 D-")
      << "a runway nobody knows is none";
  EXPECT_EQ(minutes_from(for_mover(world, usual_mover(MovementClass::kRotary)), world, 'A'),
            "A0 B180 C360 D540");
}

TEST(MoverNetwork, ADeepShipStaysOutOfShallows) {
  DrawnWorld world = draw_world({"A***60***B***60***C"}, {{'C', {.draught_m = 7}}});
  world.network.link_facts[world.link("A-B").place].draught_m = 9;
  Mover ship = usual_mover(MovementClass::kShip);
  EXPECT_EQ(minutes_from(for_mover(world, ship), world, 'A'), "A0 B60 C-");
  ship.draught = model::Metres{10};
  EXPECT_EQ(minutes_from(for_mover(world, ship), world, 'A'), "A0 B- C-");
  ship.draught = model::Metres{6};
  EXPECT_EQ(minutes_from(for_mover(world, ship), world, 'A'), "A0 B60 C120");
}

TEST(MoverNetwork, TrainsBreakWhereGaugesMeetAndOnlyWhereTheyCan) {
  std::vector<std::string> const rows{"A==60==B==60w==C"};
  Mover const train = usual_mover(MovementClass::kTrain);
  DrawnWorld const here =
      draw_world(rows, {{'B', {.kind = NodeKind::kRailhead, .gauge_break = true}}});
  EXPECT_EQ(minutes_from(for_mover(here, train), here, 'A'), "A0 B60 C840") << "12 h at B";
  EXPECT_EQ(minutes_from(for_mover(here, train), here, 'B'), "A60 B0 C60")
      << "it may begin on both";
  DrawnWorld const not_here = draw_world(rows, {{'B', {.kind = NodeKind::kRailhead}}});
  EXPECT_EQ(minutes_from(for_mover(not_here, train), not_here, 'A'), "A0 B60 C-");
  // Lorries are taken off and put on again instead: 6 h, 4 h and 6 h, 4 h.
  Mover const lorry = usual_mover(MovementClass::kHeavyWheeled);
  EXPECT_EQ(minutes_from(for_mover(here, lorry), here, 'A'), "A0 B660 C1320");
}

TEST(MoverNetwork, ATrackOfUnknownGaugeIsNoWayRoundABreak) {
  DrawnWorld world = draw_world({"A==60==B==60w==C", "       !        ", "       60       ",
                                 "       !        ", "       D        "});
  world.network.links[world.link("B-D").place].gauge_mm = 0;
  Mover const train = usual_mover(MovementClass::kTrain);
  EXPECT_EQ(minutes_from(for_mover(world, train), world, 'A'), "A0 B60 C- D-");
  world.network.links[world.link("B-C").place].gauge_mm = 1435;
  EXPECT_EQ(minutes_from(for_mover(world, train), world, 'A'), "A0 B60 C120 D120");
}

TEST(MoverNetwork, VehiclesRideOnFerriesShipsAndAircraftWhereAllowed) {
  DrawnWorld const world = draw_world({"A--60--B~~60~~C ", "       *      * ", "       60     60",
                                       "       *      * ", "       D.600..E "},
                                      {{'B', {.kind = NodeKind::kPort}},
                                       {'C', {.kind = NodeKind::kPort}},
                                       {'D', {.runway_m = 3000, .kind = NodeKind::kBase}},
                                       {'E', {.runway_m = 3000, .kind = NodeKind::kBase}}});
  Mover lorry = by_road();
  EXPECT_EQ(minutes_from(for_mover(world, lorry), world, 'A'), "A0 B60 C- D- E-");
  lorry.carried.sea = true;
  // 2 h onto the ferry and 1 h off it. D and E are no ports, so that nothing is landed there.
  EXPECT_EQ(minutes_from(for_mover(world, lorry), world, 'A'), "A0 B60 C300 D- E-");
  EXPECT_EQ(minutes_from(for_mover(world, usual_mover(MovementClass::kShip)), world, 'D'),
            "A- B60 C120 D0 E180");
}

TEST(MoverNetwork, NobodyGetsOffAFerryAtSea) {
  // Of maps that say nothing of their nodes, the ferry's line has one in the middle of the water.
  model::NodeFacts const nothing{};
  DrawnWorld const world =
      draw_world({"A--10--B~~30~~C~~30~~D--10--E"},
                 {{'A', nothing}, {'B', nothing}, {'C', nothing}, {'D', nothing}, {'E', nothing}});
  MoverNetwork const network = for_mover(world, usual_mover(MovementClass::kHeavyWheeled));
  EXPECT_EQ(minutes_from(network, world, 'A'), "A0 B10 C- D250 E260") << "2 h on, 1 h off";
  EXPECT_FALSE(network.serves(world.place('C')));
}

TEST(MoverNetwork, KnowsWhereAMoverHasAWayAtAll) {
  DrawnWorld world = river();
  for (auto& link : world.network.links) {
    link.closed = true;
  }
  MoverNetwork const network = for_mover(world, by_road());
  EXPECT_TRUE(network.serves(world.place('B'))) << "its ways exist, though they are closed";
  EXPECT_FALSE(network.serves(world.place('Q')));
  EXPECT_TRUE(network.doors(world.place('Q')).empty());
}

/// A network of several modes without any order in it.
rc::Gen<DrawnWorld> random_world() {
  return rc::gen::exec([] {
    DrawnWorld world = draw_world({});
    int const places = *rc::gen::inRange(1, 9);
    for (int p = 0; p < places; ++p) {
      world.letters += static_cast<char>('A' + p);
      world.network.node_names.emplace_back(1, world.letters.back());
      world.network.positions.push_back(
          {model::Degrees{30 + 0.1 * p}, model::Degrees{48.0 + *rc::gen::inRange(0, 9) * 0.1}});
      world.network.node_facts.push_back(
          {.runway_m = static_cast<float>(*rc::gen::element(0, 1500, 3000)),
           .draught_m = static_cast<float>(*rc::gen::element(0, 0, 7, 12)),
           .kind = static_cast<NodeKind>(
               *rc::gen::inRange<std::size_t>(0, model::kWords<NodeKind>.size())),
           .gauge_break = *rc::gen::arbitrary<bool>()});
    }
    int const links = *rc::gen::inRange(0, 25);
    for (int l = 0; l < links; ++l) {
      model::NetworkLink link;
      link.from = static_cast<std::uint32_t>(*rc::gen::inRange(0, places));
      link.to = static_cast<std::uint32_t>(*rc::gen::inRange(0, places));
      link.length_m = static_cast<float>(*rc::gen::inRange(0, 900) * 1000);
      link.mode = static_cast<model::LinkMode>(*rc::gen::inRange(0, 4));
      link.speeds = static_cast<std::uint16_t>(link.mode);
      link.ferry = link.mode == model::LinkMode::kSea && *rc::gen::arbitrary<bool>();
      link.gauge_mm = static_cast<std::uint16_t>(
          link.mode == model::LinkMode::kRail ? *rc::gen::element(0, 1435, 1520) : 0);
      link.load_class_t = static_cast<std::uint16_t>(*rc::gen::element(0, 0, 30, 60));
      link.one_way = *rc::gen::inRange(0, 4) == 0;
      link.closed = *rc::gen::inRange(0, 8) == 0;
      world.network.links.push_back(link);
      world.network.link_names.push_back("link" + std::to_string(l));
      model::LinkFacts facts;
      facts.damaged = *rc::gen::inRange(0, 8) == 0;
      world.network.link_facts.push_back(facts);
    }
    return world;
  });
}

rc::Gen<Mover> random_mover() {
  return rc::gen::exec([] {
    Mover mover = usual_mover(static_cast<MovementClass>(
        *rc::gen::inRange<std::size_t>(0, model::kWords<MovementClass>.size())));
    if (goes_by_road(mover.movement)) {
      mover.carried = {*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>(),
                       *rc::gen::arbitrary<bool>()};
    }
    return mover;
  });
}

RC_GTEST_PROP(MoverNetworkProperty, AgreesWithThePlainAlgorithm, ()) {
  auto const world = *random_world();
  auto const mover = *random_mover();
  MoverNetwork const network = for_mover(world, mover);
  for (std::uint32_t from = 0; from < world.letters.size(); ++from) {
    RC_ASSERT(hierarchy_times(network, from) == plain_times(world.network, mover, from));
  }
}

RC_GTEST_PROP(MoverNetworkProperty, ActsOnLinksAreThoseOfANetworkThatIsSo, ()) {
  auto world = *random_world();
  auto const mover = *random_mover();
  RC_PRE(!world.network.links.empty());
  MoverNetwork network = for_mover(world, mover);
  int const acts = *rc::gen::inRange(1, 6);
  for (int a = 0; a < acts; ++a) {
    auto const link =
        static_cast<std::uint32_t>(*rc::gen::inRange<std::size_t>(0, world.network.links.size()));
    auto const act = static_cast<LinkAct>(*rc::gen::inRange(0, 3));
    double const factor = *rc::gen::element(0.25, 0.5);
    LinkChange const change[] = {{{link}, act, factor}};
    RC_ASSERT(network.apply(change, 1).ok());
    model::LinkFacts& facts = world.network.link_facts[link];
    bool& closed = world.network.links[link].closed;
    closed = act == LinkAct::kClose || (act == LinkAct::kSlow && closed);
    if (act == LinkAct::kOpen) {
      facts = {};
    } else if (act == LinkAct::kSlow) {
      double const left = facts.speed_share > 0 ? facts.speed_share
                          : facts.damaged       ? kDamagedShare
                                                : 1.0;
      facts.speed_share = static_cast<float>(left * factor);
    }
  }
  RC_ASSERT(network.times() == for_mover(world, mover).times());
  for (std::uint32_t from = 0; from < world.letters.size(); ++from) {
    RC_ASSERT(hierarchy_times(network, from) == plain_times(world.network, mover, from));
  }
}

}  // namespace
}  // namespace guarantor::geo
