#include "guarantor/tables/geojson.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guarantor::tables {
namespace {

ReadAreas read(std::string const& text, std::vector<std::string>* told = nullptr) {
  Diagnostics log{100};
  ReadAreas areas = read_geojson(text, "a.geojson", {}, log);
  for (Diagnostic const& diagnostic : log.take("a.geojson")) {
    if (told != nullptr) {
      told->push_back(print(diagnostic));
    } else {
      ADD_FAILURE() << print(diagnostic);
    }
  }
  return areas;
}

std::string collection(std::string const& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

TEST(GeoJson, KeepsPropertiesItDoesNotKnowAsJsonText) {
  ReadAreas const read_areas = read(
      collection(R"({"type":"Feature","properties":{"z":[1, 2.50],"area":"north","a":{"k": null}},)"
                 R"("geometry":{"type":"Point","coordinates":[30,50]}})"));
  ASSERT_EQ(read_areas.areas.size(), 1U);
  EXPECT_EQ(read_areas.areas[0].area.row.extras,
            (std::vector<model::Extra>{{"a", R"({"k":null})"}, {"z", "[1,2.5]"}}));
}

TEST(GeoJson, WrittenReadsBackForEveryGeometry) {
  using namespace model;
  auto const at = [](double x, double y) { return Position{Degrees{x}, Degrees{y}}; };
  Polygon const triangle{{{at(0, 0), at(1, 0), at(0, 1), at(0, 0)}}};
  std::vector<Area> areas;
  for (Part const& part :
       {Part{Point{at(30.1, 50)}}, Part{Line{{at(1, 2), at(3, -4e-9)}}}, Part{triangle}}) {
    for (bool const many : {false, true}) {
      areas.push_back({AreaId{"a" + std::to_string(areas.size())}, "title", {part}, many, {}});
      if (many) {
        areas.back().parts.push_back(part);
      }
    }
  }
  std::vector<Area> again;
  for (ReadArea const& area : read(write_geojson(areas)).areas) {
    again.push_back(area.area);
  }
  EXPECT_EQ(again, areas);
}

TEST(GeoJson, AGeometryWithoutCoordinatesIsNone) {
  ReadAreas const read_areas =
      read(collection(R"({"type":"Feature","properties":{"area":"lane"},)"
                      R"("geometry":{"type":"MultiLineString","coordinates":[]}})"));
  ASSERT_EQ(read_areas.areas.size(), 1U);
  EXPECT_EQ(read_areas.areas[0].area, (model::Area{.id = model::AreaId{"lane"}}));
}

TEST(GeoJson, PlacesAreThoseOfTheValues) {
  std::vector<std::string> told;
  (void)read(
      "{\"type\":\"FeatureCollection\",\n \"features\": [ 7 ,\n  "
      "{\"type\":\"Feature\",\"properties\":"
      "{\"area\": \"Київ\"}} ]}",
      &told);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(told[0].starts_with("a.geojson:2:16: error: this is no Feature")) << told[0];
  EXPECT_TRUE(told[1].starts_with("a.geojson:3:43: error: area: `Київ`")) << told[1];
}

TEST(GeoJson, WarnsOnceOfHeightsItDoesNotKeep) {
  std::vector<std::string> told;
  ReadAreas const areas =
      read(collection(R"({"type":"Feature","properties":{"area":"a"},)"
                      R"("geometry":{"type":"LineString","coordinates":[[1,2,3],[4,5,6]]}})"),
           &told);
  EXPECT_EQ(told.size(), 1U);
  EXPECT_FALSE(areas.areas[0].faulty);
}

}  // namespace
}  // namespace guarantor::tables
