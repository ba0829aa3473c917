#include "guarantor/model/scenario_network.h"

#include <gtest/gtest.h>

#include <string>

namespace guarantor::model {
namespace {

Location place(std::string const& name, double latitude, double longitude) {
  Location location;
  location.id = LocationId{name};
  location.latitude = Degrees{latitude};
  location.longitude = Degrees{longitude};
  return location;
}

Link link(std::string const& name, std::string const& from, std::string const& to) {
  Link made;
  made.id = LinkId{name};
  made.from = LocationId{from};
  made.to = LocationId{to};
  made.length = Kilometres{100};
  made.speeds[1] = KilometresPerHour{50};
  return made;
}

Scenario two_places() {
  Scenario scenario;
  Location nowhere;
  nowhere.id = LocationId{"somewhere"};
  scenario.locations = {place("a", 50, 30), nowhere, place("b", 51, 30)};
  scenario.links = {link("a-b", "a", "b"), link("b-a", "b", "a")};
  return scenario;
}

TEST(ScenarioNetwork, HasTheLocationsThatHaveAPositionAndAllLinks) {
  Network const network = network_of(two_places()).value();
  EXPECT_EQ(network.node_names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(network.positions[1], (Position{Degrees{30}, Degrees{51}}));
  ASSERT_EQ(network.links.size(), 2U);
  EXPECT_EQ(network.links[0].to, 1U);
  EXPECT_EQ(network.links[0].length_m, 100'000);
  EXPECT_EQ(network.link_names[1], "b-a");
  EXPECT_EQ(network.speeds.size(), 1U) << "links share their speeds";
  EXPECT_EQ(network.speeds[0], (SpeedProfile{0, 50, 0, 0, 0, 0, 0}));
}

TEST(ScenarioNetwork, CarriesWhatIsKnownOfPlacesAndLinks) {
  Scenario scenario = two_places();
  scenario.locations[0].kind = "railhead";
  scenario.locations[0].gauges = {Millimetres{1435}, Millimetres{1520}};
  scenario.locations[2].kind = "sea lane";
  scenario.locations[2].runway = Metres{2500};
  scenario.locations[2].draught = Metres{9.5};
  Link& first = scenario.links[0];
  first.mode = LinkMode::kRail;
  first.gauge = Millimetres{1520};
  first.load_class = Tonnes{22.5};
  first.state = LinkState::kDamaged;
  first.speed_share = 0.5;
  first.permit = Days{3};
  first.rules = "by day only";
  Link& second = scenario.links[1];
  second.mode = LinkMode::kSea;
  second.way = "ferry";
  second.draught = Metres{7};
  second.state = LinkState::kClosed;
  Network const network = network_of(scenario).value();
  EXPECT_EQ(network.node_facts[0], (NodeFacts{0, 0, NodeKind::kRailhead, true}));
  EXPECT_EQ(network.node_facts[1], (NodeFacts{2500, 9.5, NodeKind::kOther, false}));
  EXPECT_EQ(network.links[0].gauge_mm, 1520);
  EXPECT_EQ(network.links[0].load_class_t, 22) << "a limit is never made softer";
  EXPECT_TRUE(network.link_facts[0].damaged);
  EXPECT_EQ(network.link_facts[0].speed_share, 0.5F);
  EXPECT_EQ(network.link_facts[0].permit_days, 3);
  EXPECT_EQ(network.link_facts[0].rules, "by day only");
  EXPECT_FALSE(network.links[0].closed);
  EXPECT_TRUE(network.links[1].closed);
  EXPECT_TRUE(network.links[1].ferry);
  EXPECT_EQ(network.link_facts[1].draught_m, 7);
}

TEST(ScenarioNetwork, SpeedsRestOnTheirRowUnlessTheySayOtherwise) {
  Scenario scenario = two_places();
  scenario.links[0].row.provenance.confidence = Confidence::kEstimated;
  scenario.links[1].row.provenance.confidence = Confidence::kReported;
  scenario.links[1].speed_confidence = Confidence::kIllustrative;
  Network network = network_of(scenario).value();
  EXPECT_EQ(network.link_facts[0].length_confidence, Confidence::kEstimated);
  EXPECT_EQ(network.link_facts[0].speed_confidence, Confidence::kEstimated);
  EXPECT_EQ(network.link_facts[1].length_confidence, Confidence::kReported);
  EXPECT_EQ(network.link_facts[1].speed_confidence, Confidence::kIllustrative);
  scenario.links[0].row.provenance.confidence.reset();
  network = network_of(scenario).value();
  EXPECT_EQ(network.link_facts[0].length_confidence, Confidence::kIllustrative);
}

TEST(ScenarioNetwork, RefusesMoreSetsOfSpeedsThanItCanNumber) {
  Scenario scenario = two_places();
  for (int i = 0; i < 65'600; ++i) {
    scenario.links.push_back(scenario.links[0]);
    scenario.links.back().speeds[1] = KilometresPerHour{1 + i * 0.001};
  }
  auto const network = network_of(scenario);
  ASSERT_FALSE(network.ok());
  EXPECT_EQ(network.error().kind, ErrorKind::kLimit);
}

}  // namespace
}  // namespace guarantor::model
