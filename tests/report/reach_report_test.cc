#include "guarantor/report/reach_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace guarantor::report {
namespace {

using Json = nlohmann::json;
using model::Hours;
using model::Kilometres;
using model::Position;
using model::ReachAnswer;

Position at(double latitude, double longitude) {
  return {model::Degrees{longitude}, model::Degrees{latitude}};
}

model::Scenario exercise() {
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"steady"};
  scenario.header.title = "Steady Lantern";
  scenario.header.kind = model::ScenarioKind::kExercise;
  scenario.header.marking = "FOR PLANNERS";
  return scenario;
}

/// From a to b by road, and nowhere to c.
ReachAnswer pairs() {
  ReachAnswer answer;
  answer.scenario_hash = "0123456789abcdef";
  answer.program_version = "1.2.3";
  answer.terms.movement = model::MovementClass::kHeavyWheeled;
  answer.terms.carried = {"rail", "sea"};
  answer.terms.weight = model::Tonnes{40};
  answer.terms.changed = {"a-b closed"};
  answer.from = {{.name = "a", .position = at(50, 30), .place = "a"}};
  answer.to = {{.name = "b", .position = at(51, 30), .place = "b"},
               {.name = "c", .position = at(52, 30), .place = "d", .off = Kilometres{12.5}}};
  answer.hours = {Hours{10.25}, std::nullopt};
  answer.basis = {Kilometres{500}, {0.5, 0.5, 0}, {0, 0.9, 0.1}, {0, 0.9, 0.1}};
  answer.notes = {"a to c: no way is open"};
  return answer;
}

ReachAnswer with_way() {
  ReachAnswer answer = pairs();
  model::ReachWay way{.from = 0, .to = 0, .length = Kilometres{500}, .legs = {}};
  way.legs.push_back({.from = "a",
                      .to = "x",
                      .by = "road",
                      .link = "a-x",
                      .length = Kilometres{300},
                      .hours = Hours{6},
                      .arrival = Hours{6},
                      .rules = "by day, only",
                      .begins = at(50, 30),
                      .ends = at(50.5, 30)});
  way.legs.push_back({.from = "x",
                      .to = "x",
                      .by = "road to rail",
                      .link = "",
                      .hours = Hours{4.25},
                      .arrival = Hours{10.25},
                      .rules = "",
                      .begins = at(50.5, 30),
                      .ends = at(50.5, 30)});
  answer.ways = {way};
  return answer;
}

ReachAnswer spread() {
  ReachAnswer answer = pairs();
  answer.to = {};
  answer.hours = {};
  answer.reached = {{"a", at(50, 30), 0, Hours{0}}, {"b", at(51, 30), 0, Hours{30}}};
  answer.not_reached = 3;
  model::Ring const square{at(50, 30), at(50, 31), at(51, 31), at(50, 30)};
  answer.rings = {{Hours{24}, {{{square}}}}, {Hours{72}, {{{square}}}}};
  return answer;
}

TEST(ReachJson, HoldsTheTimesAndWhatTheyRestOn) {
  Json const json = Json::parse(to_json(exercise(), pairs()));
  EXPECT_EQ(json["heading"], "EXERCISE · FOR PLANNERS");
  EXPECT_EQ(json["footing"], json["heading"]);
  EXPECT_EQ(json["asked"]["class"], "heavy-wheeled");
  EXPECT_EQ(json["asked"]["changed"], Json::array({"a-b closed"}));
  ASSERT_EQ(json["times"].size(), 2U);
  EXPECT_EQ(json["times"][0], (Json{{"from", "a"}, {"to", "b"}, {"hours", 10.25}}));
  EXPECT_TRUE(json["times"][1]["hours"].is_null()) << "no way is null, never a number";
  EXPECT_EQ(json["to"][1]["place"], "d");
  EXPECT_EQ(json["to"][1]["off_network_km"], 12.5);
  EXPECT_EQ(json["provenance"]["estimated"], 0.9);
  EXPECT_EQ(json["provenance"]["lengths"]["reported"], 0.5);
  EXPECT_FALSE(json.contains("ways"));
  EXPECT_FALSE(json.contains("reached"));
}

TEST(ReachJson, HoldsWaysAndRings) {
  Json const ways = Json::parse(to_json(exercise(), with_way()));
  EXPECT_EQ(ways["ways"][0]["legs"][0]["link"], "a-x");
  EXPECT_EQ(ways["ways"][0]["legs"][1]["arrival_hours"], 10.25);
  EXPECT_EQ(ways["ways"][0]["hours"], 10.25);
  Json const rings = Json::parse(to_json(exercise(), spread()));
  EXPECT_EQ(rings["rings"][1]["geometry"]["type"], "MultiPolygon");
  EXPECT_EQ(rings["reached"][1]["within_hours"], 72);
  EXPECT_EQ(rings["not_reached"], 3);
}

TEST(ReachGeoJson, DrawsLongerLimitsFirstAndMarksEveryFeature) {
  Json const json = Json::parse(to_geojson(exercise(), spread()));
  EXPECT_EQ(json["type"], "FeatureCollection");
  ASSERT_EQ(json["features"].size(), 5U) << "two rings, one start, two places";
  EXPECT_EQ(json["features"][0]["properties"]["limit_hours"], 72);
  EXPECT_EQ(json["features"][1]["properties"]["limit_hours"], 24);
  EXPECT_EQ(json["features"][0]["geometry"]["coordinates"][0][0][1], Json::array({31, 50}))
      << "longitude first";
  EXPECT_EQ(json["features"][4]["properties"]["hours"], 30);
  for (Json const& feature : json["features"]) {
    EXPECT_EQ(feature["properties"]["heading"], "EXERCISE · FOR PLANNERS");
  }
}

TEST(ReachGeoJson, DrawsLegsAsLinesAndChangesAsPoints) {
  Json const json = Json::parse(to_geojson(exercise(), with_way()));
  EXPECT_EQ(json["features"][0]["geometry"]["type"], "LineString");
  EXPECT_EQ(json["features"][1]["geometry"]["type"], "Point");
  EXPECT_EQ(json["features"][3]["properties"]["hours_from"], (Json{{"a", 10.25}}));
}

TEST(ReachCsv, HasARowForEachPairPlaceOrLeg) {
  model::Scenario plain = exercise();
  plain.header.kind = model::ScenarioKind::kCase;
  plain.header.marking = "";
  EXPECT_EQ(to_csv_table(plain, pairs()),
            "from,to,hours,from_place,from_off_km,to_place,to_off_km\n"
            "a,b,10.25,a,0,b,0\n"
            "a,c,,a,0,d,12.5\n");
  EXPECT_EQ(to_csv_table(plain, spread()),
            "place,lat,lon,from,hours,within_hours\n"
            "a,50,30,a,0,24\n"
            "b,51,30,a,30,72\n");
  EXPECT_EQ(to_csv_table(plain, with_way()),
            "from,to,leg,begins,ends,by,link,km,hours,arrival_hours,rules\n"
            "a,b,1,a,x,road,a-x,300,6,6,\"by day, only\"\n"
            "a,b,2,x,x,road to rail,,0,4.25,10.25,\n");
  EXPECT_TRUE(to_csv_table(exercise(), pairs()).starts_with("EXERCISE · FOR PLANNERS,from,"));
}

TEST(ReachTableText, SetsPairsSideBySide) {
  EXPECT_EQ(to_table(exercise(), pairs(), {.colour = false, .width = 80}),
            "                            EXERCISE · FOR PLANNERS\n"
            "Steady Lantern\n"
            "Heavy-wheeled, vehicles of up to 40 t, by road or carried by rail or sea.\n"
            "What if: a-b closed.\n"
            "c is 12.5 km off the network, from d.\n"
            "\n"
            "to / from                           a\n"
            "b                              10.2 h\n"
            "c                              no way\n"
            "\n"
            "Rests on 500 km of links: their lengths are 50 % reported and 50 % estimated,\n"
            "their speeds 90 % estimated and 10 % illustrative.\n"
            "- a to c: no way is open\n"
            "Guarantor 1.2.3, scenario 0123456789a…\n"
            "                            EXERCISE · FOR PLANNERS\n");
}

TEST(ReachTableText, HeadsAWayWithARangeWhereItIsMostlyIllustrative) {
  ReachAnswer answer = with_way();
  std::string text = to_table(exercise(), answer, {.colour = false, .width = 100});
  EXPECT_NE(text.find("a to b: 10.2 h, 500 km\n"), std::string::npos) << text;
  EXPECT_NE(text.find("road to rail"), std::string::npos);
  answer.basis.both = {0, 0.7, 0.3};
  text = to_table(exercise(), answer, {.colour = false, .width = 100});
  EXPECT_NE(text.find("a to b: 8 to 13 h, 500 km\n"), std::string::npos) << text;
  EXPECT_NE(text.find("More than a quarter is illustrative"), std::string::npos);
}

TEST(ReachTableText, CountsPlacesWithinEachLimit) {
  std::string const text = to_table(exercise(), spread(), {.colour = true, .width = 100});
  EXPECT_NE(text.find("Within 24 hours: 1 of 5 places."), std::string::npos) << text;
  EXPECT_NE(text.find("Within 72 hours: 2 of 5 places."), std::string::npos);
  EXPECT_NE(text.find("\x1b[1m"), std::string::npos);
}

TEST(ReachTableText, ListsPairsOneByOneWhereTheyAreTooManyToStandBeside) {
  ReachAnswer answer = pairs();
  answer.from.assign(9, answer.from[0]);
  answer.hours.assign(18, Hours{1});
  std::string const text = to_table(exercise(), answer, {.colour = false, .width = 80});
  EXPECT_NE(text.find("a                        b                            1.0 h"),
            std::string::npos)
      << text;
}

TEST(ReachTableText, LetsNoTextSteerTheTerminal) {
  ReachAnswer answer = pairs();
  answer.from[0].name = "a\x1b[2J";
  answer.notes = {"x\ny"};
  std::string const text = to_table(exercise(), answer, {.colour = false, .width = 80});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("- x y\n"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::report
