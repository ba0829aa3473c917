#include "guarantor/geo/reach.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "drawn_world.h"
#include "guarantor/geo/area.h"
#include "guarantor/geo/area_index.h"

namespace guarantor::geo {
namespace {

using model::Hours;
using model::MovementClass;
using model::NodeKind;

/// A port, a railhead and what lies between and behind them; C has an island's road beyond a ferry.
DrawnWorld coast() {
  return draw_world({"A--60--B==600=C--30--D", "                       ", "X--20--Y              "},
                    {{'B', {.kind = NodeKind::kRailhead}}, {'C', {.kind = NodeKind::kRailhead}}});
}

ReachRequest ask(std::vector<std::string> const& from, std::vector<std::string> const& to) {
  ReachRequest request;
  request.mover = usual_mover(MovementClass::kHeavyWheeled);
  for (std::string const& name : from) {
    request.from.push_back({name, {}});
  }
  for (std::string const& name : to) {
    request.to.push_back({name, {}});
  }
  return request;
}

model::Result<model::ReachAnswer> answer(DrawnWorld const& world, ReachRequest const& request) {
  return reach(prepare(world.network, 1, {}).value(), request);
}

/// The error's message and hint.
std::string refusal(DrawnWorld const& world, ReachRequest const& request) {
  auto const made = answer(world, request);
  return made.ok() ? "" : made.error().message + "; " + made.error().hint;
}

std::string shown(std::vector<std::optional<Hours>> const& hours) {
  std::string text;
  for (auto const& time : hours) {
    text += time ? std::to_string(std::lround(time->count() * 60)) + " " : "- ";
  }
  return text;
}

TEST(Reach, AnswersEveryPairRowByRow) {
  auto const made = answer(coast(), ask({"A", "D"}, {"D", "B", "A"}));
  ASSERT_TRUE(made.ok()) << made.error().message;
  // A to D: 60 km of road, 6 h onto the train, 600 km, 4 h off it, 30 km.
  EXPECT_EQ(shown(made.value().hours), "1290 60 0 0 1230 1290 ");
  EXPECT_TRUE(made.value().ways.empty());
}

TEST(Reach, TellsTheWayLegByLeg) {
  auto request = ask({"A"}, {"D"});
  request.legs = true;
  auto const made = answer(coast(), request);
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.value().ways.size(), 1U);
  model::ReachWay const& way = made.value().ways[0];
  std::string legs;
  for (model::ReachLeg const& leg : way.legs) {
    legs += leg.from + leg.to + " " + leg.by + " " + leg.link + " " +
            std::to_string(std::lround(leg.length.count())) + " km " +
            std::to_string(std::lround(leg.hours.count() * 60)) + " at " +
            std::to_string(std::lround(leg.arrival.count() * 60)) + "\n";
  }
  EXPECT_EQ(legs,
            "AB road A-B 60 km 60 at 60\n"
            "BB road to rail  0 km 360 at 420\n"
            "BC rail B-C 600 km 600 at 1020\n"
            "CC rail to road  0 km 240 at 1260\n"
            "CD road C-D 30 km 30 at 1290\n");
  EXPECT_EQ(std::lround(way.length.count()), 690);
  EXPECT_EQ(way.legs.back().arrival, *made.value().hours[0]);
}

TEST(Reach, JoinsLegsBetweenPlacesWithoutNames) {
  DrawnWorld world = draw_world({"A--10--B--20--C==30==D"});
  world.network.node_names.assign(4, "");
  world.network.link_names = {"street", "street", "line"};
  ReachRequest request = ask({}, {});
  request.from.push_back({"here", world.network.positions[0]});
  request.to.push_back({"there", world.network.positions[3]});
  request.legs = true;
  auto const made = answer(world, request);
  ASSERT_TRUE(made.ok()) << made.error().message;
  std::string legs;
  for (model::ReachLeg const& leg : made.value().ways[0].legs) {
    legs += leg.from + leg.to + " " + leg.by + " " + leg.link + ", ";
  }
  EXPECT_EQ(legs, "#1#3 road street, #3#3 road to rail , #3#4 rail line, #4#4 rail to road , ");
}

TEST(Reach, TakesANameForAPointBesideTheNetwork) {
  auto request = ask({"A"}, {});
  // 0.1 degrees of latitude north of A is 11.1 km; at 30 km/h 22 minutes.
  request.to.push_back({"camp", model::Position{model::Degrees{30}, model::Degrees{48.1}}});
  request.legs = true;
  auto const made = answer(coast(), request);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made.value().to[0].place, "A");
  EXPECT_NEAR(made.value().to[0].off.count(), 11.12, 0.01);
  EXPECT_EQ(shown(made.value().hours), "22 ");
  ASSERT_EQ(made.value().ways[0].legs.size(), 1U);
  EXPECT_EQ(made.value().ways[0].legs[0].by, "off network");
  EXPECT_EQ(made.value().ways[0].legs[0].to, "camp");
}

TEST(Reach, NamesThePointThatIsTooFarOff) {
  auto request = ask({"A"}, {});
  request.to.push_back({"camp", model::Position{model::Degrees{30}, model::Degrees{49}}});
  EXPECT_EQ(
      refusal(coast(), request),
      "`camp` is too far from the network for heavy-wheeled: the nearest place with a way for "
      "it, A, is 111 km off, more than 60 km; name a place nearer to it, or allow a greater "
      "distance off the network");
  request.off_network = model::Kilometres{120};
  EXPECT_TRUE(answer(coast(), request).ok());
}

TEST(Reach, APlaceWithoutAWayForTheMoverIsAPointBesideTheNetwork) {
  auto request = ask({"B"}, {"D"});
  request.mover = usual_mover(MovementClass::kTrain);
  request.off_network = model::Kilometres{60};
  auto const made = answer(coast(), request);
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made.value().to[0].place, "C") << "the nearest place with a railway";
  EXPECT_EQ(shown(made.value().hours), "600 ");
  ASSERT_FALSE(made.value().notes.empty());
  EXPECT_NE(made.value().notes.back().find("train cannot leave it"), std::string::npos);
}

TEST(Reach, SaysWhyThereIsNoWay) {
  auto world = coast();
  world.network.links[world.link("C-D").place].closed = true;
  auto const made = answer(world, ask({"A"}, {"D", "Y"}));
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(shown(made.value().hours), "- - ");
  ASSERT_GE(made.value().notes.size(), 2U);
  EXPECT_EQ(made.value().notes[0],
            "A to D: no way is open; with every link open there would be one");
  EXPECT_EQ(made.value().notes[1], "A to Y: no way for heavy-wheeled, even with every link open");
}

TEST(Reach, ClosesAndOpensLinksForOneQuestion) {
  auto const prepared = prepare(coast().network, 1, {}).value();
  auto request = ask({"A"}, {"B"});
  request.orders = {{"A-B", LinkAct::kSlow, 0.5}};
  auto const slowed = reach(prepared, request);
  EXPECT_EQ(shown(slowed.value().hours), "120 ");
  EXPECT_EQ(slowed.value().terms.changed, std::vector<std::string>{"A-B at 0.5 of its speed"});
  request.orders.push_back({"A-B", LinkAct::kClose, 1});
  EXPECT_EQ(shown(reach(prepared, request).value().hours), "- ");
  request.orders.push_back({"A-B", LinkAct::kOpen, 1});
  EXPECT_EQ(shown(reach(prepared, request).value().hours), "60 ");
  request.orders = {};
  EXPECT_EQ(shown(reach(prepared, request).value().hours), "60 ");
}

TEST(Reach, WithoutTargetsTellsWhoIsWhereFirst) {
  auto const made = answer(coast(), ask({"A", "D"}, {}));
  ASSERT_TRUE(made.ok());
  std::string places;
  for (model::ReachedPlace const& place : made.value().reached) {
    places += place.place + " " + made.value().from[place.from].name + " " +
              std::to_string(std::lround(place.hours.count() * 60)) + ", ";
  }
  EXPECT_EQ(places, "A A 0, D D 0, C D 30, B A 60, ");
  EXPECT_EQ(made.value().not_reached, 2U) << "X and Y";
}

TEST(Reach, LimitsLeaveOutWhatTakesLongerAndDrawWhatDoesNot) {
  auto request = ask({"A"}, {});
  request.within = {Hours{0.5}, Hours{2}};
  request.off_network = model::Kilometres{10};
  auto const made = answer(coast(), request);
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made.value().reached.size(), 2U) << "A and B";
  ASSERT_EQ(made.value().rings.size(), 2U);
  EXPECT_EQ(made.value().rings[0].limit, Hours{0.5});
  auto const holds = [&](std::size_t ring, double longitude) {
    std::vector<ValidArea> areas;
    areas.push_back(
        ValidArea::from(model::AreaId{"ring"}, made.value().rings[ring].polygons).value());
    return !AreaIndex{std::move(areas)}
                .containing({model::Degrees{longitude}, model::Degrees{48}})
                .empty();
  };
  EXPECT_TRUE(holds(0, 30.2)) << "half way in a third of an hour";
  EXPECT_FALSE(holds(0, 30.6)) << "that takes most of an hour";
  EXPECT_TRUE(holds(1, 30.6));
  EXPECT_FALSE(holds(1, 31.2)) << "nobody gets off a train between stations";
}

TEST(Reach, CountsWhatItRestsOn) {
  auto world = coast();
  auto& facts = world.network.link_facts;
  facts[world.link("A-B").place] = {.length_confidence = model::Confidence::kReported,
                                    .speed_confidence = model::Confidence::kEstimated,
                                    .rules = {}};
  facts[world.link("B-C").place] = {.length_confidence = model::Confidence::kEstimated,
                                    .speed_confidence = model::Confidence::kIllustrative,
                                    .rules = "one train at a time"};
  auto const made = answer(world, ask({"A"}, {"B", "C"}));
  model::ReachBasis const& basis = made.value().basis;
  EXPECT_EQ(std::lround(basis.length.count()), 660) << "each link once";
  EXPECT_NEAR(basis.lengths.reported, 60.0 / 660, 1e-9);
  EXPECT_NEAR(basis.speeds.estimated, 60.0 / 660, 1e-9);
  EXPECT_NEAR(basis.both.illustrative, 600.0 / 660, 1e-9);
  EXPECT_TRUE(std::count(made.value().notes.begin(), made.value().notes.end(),
                         "rules on the way: one train at a time"));
}

TEST(Reach, RefusesQuestionsThatMeanNothing) {
  DrawnWorld const world = coast();
  EXPECT_EQ(refusal(world, ask({}, {"A"})), "there is nowhere to start from; name a place");
  EXPECT_EQ(refusal(world, ask({"A"}, {"nowhere"})),
            "the network has no place `nowhere`; name a location, or a point as LAT,LON");
  auto request = ask({"A"}, {"B"});
  request.within = {Hours{24}};
  EXPECT_NE(refusal(world, request), "");
  request = ask({"A"}, {});
  request.within = {Hours{0}};
  EXPECT_EQ(refusal(world, request), "a limit of 0 hours; a limit is above zero");
  request = ask({"A"}, {});
  request.orders = {{"A-C", LinkAct::kClose, 1}};
  EXPECT_NE(refusal(world, request).find("the network has no link `A-C`"), std::string::npos);
  request = ask({"A"}, {});
  request.from.push_back({"91,0", model::Position{model::Degrees{0}, model::Degrees{91}}});
  EXPECT_NE(refusal(world, request).find("`91,0` is not on the earth"), std::string::npos);
  request = ask({"A"}, {});
  request.mover = usual_mover(MovementClass::kShip);
  EXPECT_NE(refusal(world, request).find("the network has no way for ship"), std::string::npos);
}

TEST(Reach, DoesNotDependOnThreads) {
  auto const prepared = prepare(coast().network, 3, {}).value();
  auto request = ask({"A", "D"}, {"B", "C", "D"});
  auto const one = reach(prepared, request).value();
  request.threads = 4;
  EXPECT_TRUE(reach(prepared, request).value() == one);
}

}  // namespace
}  // namespace guarantor::geo
