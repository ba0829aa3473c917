#include "guarantor/geo/travel_network.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "drawn_world.h"

namespace guarantor::geo {
namespace {

/// What is wrong with a network, or nothing.
std::string wrong(model::Network network) {
  auto const built = TravelNetwork::build(std::move(network));
  return built.ok() ? "" : built.error().message;
}

DrawnWorld two() {
  return draw_world({"A--60--B"});
}

TEST(TravelNetwork, NamesTheLinkThatIsWrong) {
  auto broken = two();
  broken.network.links[0].to = 7;
  EXPECT_EQ(wrong(broken.network), "link `A-B` leads to node 8, but there are only 2");
  broken.network.link_names.clear();
  EXPECT_EQ(wrong(broken.network), "link 1 leads to node 8, but there are only 2");
}

TEST(TravelNetwork, RefusesFiguresThatCannotBe) {
  for (float const length :
       {-1.0F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    auto broken = two();
    broken.network.links[0].length_m = length;
    EXPECT_NE(wrong(broken.network).find("link `A-B`: a length of"), std::string::npos);
  }
  for (float const speed : {-60.0F, std::numeric_limits<float>::quiet_NaN()}) {
    auto broken = two();
    broken.network.speeds[0][1] = speed;
    EXPECT_NE(wrong(broken.network).find("km/h for heavy-wheeled"), std::string::npos);
  }
  auto broken = two();
  broken.network.links[0].speeds = 99;
  EXPECT_EQ(wrong(broken.network), "link `A-B` has no speeds");
  broken = two();
  broken.network.node_facts.pop_back();
  EXPECT_NE(wrong(broken.network), "");
  broken = two();
  broken.network.positions[1].latitude = model::Degrees{std::numeric_limits<double>::quiet_NaN()};
  EXPECT_NE(wrong(broken.network), "");
}

TEST(TravelNetwork, IsEmptyWithoutLinks) {
  auto const built = TravelNetwork::build({});
  ASSERT_TRUE(built.ok());
  EXPECT_EQ(built.value()->graph()->node_count(), 0U);
}

TEST(TravelNetwork, HasANodeForEveryLayerOfAPlaceAndSaysWhatArcsAre) {
  DrawnWorld const world =
      draw_world({"A--60--B==60==C", "       !       ", "       60w     ", "       !       ",
                  "       D       "},
                 {{'B', {.kind = model::NodeKind::kCity, .gauge_break = true}}});
  auto const network = TravelNetwork::build(world.network).value();
  EXPECT_EQ(network->layers(world.place('A')).size(), 1U);
  EXPECT_EQ(network->layers(world.place('C')).size(), 2U) << "its yard has streets";
  ASSERT_EQ(network->layers(world.place('B')).size(), 3U);
  // Three links there and back; at B road and two gauges, all six changes; on and off at C and D.
  EXPECT_EQ(network->graph()->arc_count(), 6U + 6U + 4U);
  std::string uses;
  for (std::uint32_t a = 0; a < network->graph()->arc_count(); ++a) {
    ArcUse const use = network->use({a});
    uses += use.change == Change::kNone
                ? network->name(use.link) + (use.backwards ? " back, " : ", ")
                : std::string{model::text(use.change)} + ", ";
  }
  EXPECT_EQ(
      uses,
      "A-B, A-B back, B-C, B-C back, B-D, B-D back, road to rail, road to rail, rail to road, "
      "change of gauge, rail to road, change of gauge, road to rail, rail to road, road to rail, "
      "rail to road, ");
  EXPECT_EQ(network->arcs_of(world.link("B-C")), (std::vector<ArcIndex>{{2}, {3}}));
}

TEST(TravelNetwork, SaysWhatALinkTakesAMover) {
  DrawnWorld const world = draw_world({"A--90--B==60==C"});
  auto const network = TravelNetwork::build(world.network).value();
  Mover const lorry = usual_mover(model::MovementClass::kHeavyWheeled);
  EXPECT_EQ(network->time(world.link("A-B"), lorry, {}), TravelTime{90 * 60'000});
  EXPECT_EQ(network->time(world.link("A-B"), lorry, {false, 0.5}), TravelTime{180 * 60'000});
  EXPECT_EQ(network->time(world.link("A-B"), lorry, {true, 1}), kNever);
  EXPECT_EQ(network->time(world.link("B-C"), lorry, {}), TravelTime{60 * 60'000});
  Mover alone = lorry;
  alone.carried = {};
  EXPECT_EQ(network->time(world.link("B-C"), alone, {}), kNever);
  Mover const train = usual_mover(model::MovementClass::kTrain);
  EXPECT_EQ(network->time(world.link("A-B"), train, {}), kNever);
}

TEST(TravelNetwork, NeverIsWhatTakesTooLong) {
  auto world = two();
  world.network.links[0].length_m = 3e9F;
  auto const network = TravelNetwork::build(world.network).value();
  EXPECT_EQ(network->time({0}, usual_mover(model::MovementClass::kHeavyWheeled), {}), kNever);
}

TEST(TravelNetwork, OneWayLinksHaveOneArc) {
  auto world = two();
  world.network.links[0].one_way = true;
  auto const network = TravelNetwork::build(world.network).value();
  EXPECT_EQ(network->arcs_of({0}), (std::vector<ArcIndex>{{0}}));
  EXPECT_EQ(network->graph()->arc_count(), 1U);
}

}  // namespace
}  // namespace guarantor::geo
