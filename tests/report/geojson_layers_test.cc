#include "guarantor/report/geojson_layers.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "small_map.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::json;

TEST(GeojsonLayers, HoldWhatThereIs) {
  auto const few = to_geojson(small_map(), {});
  EXPECT_EQ(few.size(), 2U);
  auto const all = to_geojson(small_map(), reached_source().layers);
  ASSERT_EQ(all.size(), 5U);
  for (auto const& [name, text] : all) {
    auto const file = Json::parse(text);
    EXPECT_EQ(file["type"], "FeatureCollection") << name;
    EXPECT_FALSE(file["features"].empty()) << name;
    for (auto const& feature : file["features"]) {
      EXPECT_EQ(feature["type"], "Feature") << name;
      EXPECT_TRUE(feature["geometry"].contains("type")) << name;
    }
  }
}

TEST(GeojsonLayers, GiveLongitudeFirst) {
  auto const file = Json::parse(to_geojson(small_map(), {}).at("locations.geojson"));
  auto const& place = file["features"][0];
  EXPECT_EQ(place["properties"]["location"], "Keystone");
  EXPECT_EQ(place["geometry"]["coordinates"], (Json{30.5, 50.4}));
}

TEST(GeojsonLayers, NameEachSectorAndItsLine) {
  auto const file =
      Json::parse(to_geojson(small_map(), small_source().layers).at("sectors.geojson"));
  ASSERT_EQ(file["features"].size(), 3U);
  EXPECT_EQ(file["features"][1]["properties"]["sector"], "front-02");
  EXPECT_EQ(file["features"][1]["properties"]["line"], "front");
  EXPECT_EQ(file["features"][1]["geometry"]["type"], "LineString");
}

TEST(GeojsonLayers, AnExerciseSaysSoInEveryFeature) {
  for (auto const& [name, text] : to_geojson(small_map(), reached_source().layers)) {
    auto const file = Json::parse(text);
    EXPECT_EQ(file["heading"], "EXERCISE") << name;
    for (auto const& feature : file["features"]) {
      EXPECT_EQ(feature["properties"]["marking"], "EXERCISE") << name;
    }
  }
  auto scenario = small_map();
  scenario.header.kind = model::ScenarioKind::kCase;
  EXPECT_EQ(to_geojson(scenario, {}).at("areas.geojson").find("EXERCISE"), std::string::npos);
}

TEST(GeojsonLayers, LeaveOutPlacesWithoutCoordinates) {
  auto scenario = small_map();
  auto const before = Json::parse(to_geojson(scenario, {}).at("locations.geojson"));
  scenario.locations[0].latitude.reset();
  auto const after = Json::parse(to_geojson(scenario, {}).at("locations.geojson"));
  EXPECT_EQ(after["features"].size() + 1, before["features"].size());
}

}  // namespace
}  // namespace guarantor::report
