#include <gtest/gtest.h>

#include "guarantor/report/base_map.h"
#include "guarantor/serve/base_layer.h"
#include "guarantor/serve/incident_layer.h"
#include "guarantor/serve/layer_endpoints.h"
#include "planned_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

std::string const kLayers = "/api/scenarios/exercise/layers";

/// A square with a lake, an island in the lake, and a pond on the island.
report::BaseMap square_map() {
  auto const square = [](double from, double to) {
    auto const at = [](double x, double y) {
      return model::Position{model::Degrees{x}, model::Degrees{y}};
    };
    return model::Ring{at(from, from), at(from, to), at(to, to), at(to, from), at(from, from)};
  };
  report::BaseMap map;
  map.countries = {
      {"XAA", "Square \"land\"", {square(2, 8), square(0, 10), square(3, 7), square(4, 6)}}};
  map.borders = {{{square(0, 10)[0], square(0, 10)[1]}}};
  return map;
}

bool in_ring(Json const& ring, double x, double y) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    double const ax = ring[i][0];
    double const ay = ring[i][1];
    double const bx = ring[i + 1][0];
    double const by = ring[i + 1][1];
    if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) {
      inside = !inside;
    }
  }
  return inside;
}

/// The country that holds the place, by the polygons as a map program reads them.
std::string country_at(Json const& layer, double x, double y) {
  std::string found;
  for (Json const& feature : layer["features"]) {
    if (feature["geometry"]["type"] != "MultiPolygon") {
      continue;
    }
    for (Json const& polygon : feature["geometry"]["coordinates"]) {
      bool holds = in_ring(polygon[0], x, y);
      for (std::size_t hole = 1; hole < polygon.size(); ++hole) {
        holds = holds && !in_ring(polygon[hole], x, y);
      }
      if (holds) {
        found += feature["properties"]["country"].get<std::string>();
      }
    }
  }
  return found;
}

TEST(BaseLayer, PutsLakesIntoLandAndIslandsIntoLakes) {
  auto const layer = Json::parse(base_geojson(square_map()));
  EXPECT_EQ(layer["features"].size(), 2U);
  EXPECT_EQ(layer["features"][0]["properties"]["name"], "Square \"land\"");
  auto const& polygons = layer["features"][0]["geometry"]["coordinates"];
  ASSERT_EQ(polygons.size(), 2U);
  EXPECT_EQ(polygons[0].size(), 2U);
  EXPECT_EQ(polygons[1].size(), 2U);
  EXPECT_EQ(country_at(layer, 1, 1), "XAA");
  EXPECT_EQ(country_at(layer, 2.5, 5), "");
  EXPECT_EQ(country_at(layer, 3.5, 5), "XAA");
  EXPECT_EQ(country_at(layer, 5, 5), "");
  EXPECT_EQ(layer["features"][1]["properties"]["border"], "settled");
}

TEST(BaseLayer, HasCrimeaAsUkraine) {
  if (report::base_map() == nullptr) {
    // This program was built without the package that the base map is made from.
    EXPECT_EQ(base_layer().features, 0U);
    return;
  }
  auto const layer = Json::parse(*base_layer().text);
  EXPECT_EQ(country_at(layer, 34.10, 44.95), "UKR") << "Simferopol";
  EXPECT_EQ(country_at(layer, 33.525, 44.60), "UKR") << "Sevastopol";
  EXPECT_EQ(country_at(layer, 37.62, 55.75), "RUS") << "Moscow";
  EXPECT_EQ(country_at(layer, 30.52, 50.45), "UKR") << "Kyiv";
  EXPECT_EQ(layer["features"].size(), base_layer().features);
  EXPECT_LT(base_layer().text->size(), 1'500'000U);
}

class Layers : public ::testing::Test {
 protected:
  ServeCase serve_{scenario_at("scenarios/exercise")};
};

TEST_F(Layers, AreListedAndServedToEveryone) {
  auto const listed = serve_.json("public", kLayers);
  ASSERT_EQ(listed.size(), 7U);
  for (Json const& layer : listed) {
    auto const name = layer["layer"].get<std::string>();
    auto const response = serve_.get("public", kLayers + "/" + name);
    ASSERT_EQ(response.status, 200) << name;
    EXPECT_EQ(response.headers.find("Content-Type"), kGeoJson);
    EXPECT_NE(response.headers.find("ETag"), std::nullopt);
    auto const text = Json::parse(response.text());
    EXPECT_EQ(text["type"], "FeatureCollection");
    EXPECT_EQ(text["features"].size(), layer["features"]) << name;
  }
  EXPECT_EQ(listed[1]["layer"], "areas");
  EXPECT_GT(listed[1]["features"], 0);
  EXPECT_EQ(serve_.get("public", kLayers + "/none").status, 404);
  EXPECT_EQ(serve_.get("public", "/api/scenarios/none/layers").status, 404);
  EXPECT_EQ(serve_.get("public", "/api/scenarios/none/layers/incidents").status, 404);
  // A delegate of a coalition that this is none of sees what everyone does.
  EXPECT_EQ(serve_.json("delegate:FRA", kLayers), listed);
}

TEST_F(Layers, SitesAreShownToThoseToWhomTheyWereReleased) {
  auto const order = Json{{"time_limit", 1}, {"gap", 1}, {"explain", false}};
  auto const job = plan(serve_, order, "exercise");
  ASSERT_EQ(job["state"], "done") << job;
  ASSERT_EQ(job["result"]["sites"], true);
  auto const features = [&](std::string const& viewer, std::string const& layer) {
    return serve_.json(viewer, kLayers + "/" + layer)["features"].size();
  };
  EXPECT_GT(features("planner", "sites"), 0U);
  EXPECT_GT(features("planner", "reach"), 0U);
  EXPECT_EQ(features("delegate:XAL", "sites"), 0U);
  EXPECT_EQ(serve_.get("delegate:XAL", "/api/scenarios/exercise/sites").status, 404);
  ASSERT_EQ(serve_
                .ask("planner", "POST", "/api/scenarios/exercise/plans/exercise/release",
                     R"({"releasable_to":["public"]})")
                .status,
            200);
  EXPECT_EQ(features("delegate:XAL", "sites"), features("planner", "sites"));
  EXPECT_EQ(features("delegate:XAL", "reach"), features("planner", "reach"));
  auto const sites = serve_.json("delegate:XAL", "/api/scenarios/exercise/sites");
  EXPECT_FALSE(sites.contains("scenario_hash"));
  EXPECT_FALSE(sites["sites"].empty());
  // The public sees no sites, whatever was released.
  EXPECT_EQ(features("public", "sites"), 0U);
  EXPECT_EQ(serve_.get("public", "/api/scenarios/exercise/sites").status, 403);
}

TEST(IncidentFilter, ReadsBoxes) {
  EXPECT_TRUE(read_box("30,40,35,45").ok());
  EXPECT_TRUE(read_box("30,40,0,35,45,9").ok());
  for (char const* const wrong : {"", "1,2,3", "1,2,3,4,5", "a,2,3,4", "1,2,3,4,5,6,7", "1;2;3;4",
                                  "nan,1,2,3", "1,50,2,40", "1,2,3,4,"}) {
    EXPECT_FALSE(read_box(wrong).ok()) << wrong;
  }
  model::Position const far_east{model::Degrees{179.5}, model::Degrees{1}};
  EXPECT_TRUE(read_box("179,0,-179,2").value().holds(far_east));
  EXPECT_FALSE(read_box("-179,0,179,2").value().holds(far_east));
}

}  // namespace
}  // namespace guarantor::serve
