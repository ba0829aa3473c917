#include "guarantor/geo/demand_points.h"

#include <gtest/gtest.h>

#include <string>

#include "drawing.h"
#include "guarantor/geo/line_sectors.h"

namespace guarantor::geo {
namespace {

using drawing::at;
using model::Kilometres;
using model::Line;

model::Area line(char const* id, Line shape, std::optional<Kilometres> sector_length) {
  model::Area area;
  area.id = model::AreaId{id};
  area.parts = {std::move(shape)};
  area.sector_length = sector_length;
  return area;
}

/// A line of about 111 km, from south to north, in sectors of 25 km or less; one that is not cut.
model::Scenario meridian() {
  model::Scenario scenario;
  scenario.areas = {line("front", Line{{at(30, 50), at(30, 51)}}, Kilometres{25}),
                    line("lane", Line{{at(20, 50), at(20, 51)}}, std::nullopt)};
  scenario.areas[0].kind = model::AreaKind::kLineOfContact;
  scenario.locations.push_back({.id = model::LocationId{"plant"},
                                .latitude = model::Degrees{47.5},
                                .longitude = model::Degrees{34.6}});
  scenario.locations.push_back({.id = model::LocationId{"nowhere"}});
  return scenario;
}

model::Demand demand(char const* line, char const* sector, char const* location) {
  model::Demand out;
  out.id = model::DemandId{"d"};
  out.line = model::AreaId{line};
  out.sector = model::SectorId{sector};
  out.location = model::LocationId{location};
  return out;
}

TEST(LineSectors, FollowFromTheLineAndItsRule) {
  auto const lines = sectors_of(meridian()).value();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].line.text(), "front");
  ASSERT_EQ(lines[0].sectors.size(), 5U);
  EXPECT_EQ(lines[0].sectors[4].id, "front-05");
  EXPECT_EQ(lines[0].sectors[4].end, at(30, 51));
}

TEST(LineSectors, MakeLayersOfAMap) {
  auto const layers = map_layers(meridian()).value();
  ASSERT_EQ(layers.sectors.size(), 5U);
  EXPECT_EQ(layers.sectors[1].id.text(), "front-02");
  EXPECT_EQ(layers.sectors[1].line.text(), "front");
  EXPECT_EQ(layers.sectors[0].shape.positions.front(), at(30, 50));
  EXPECT_TRUE(layers.sites.empty());
}

TEST(LineSectors, NameTheLineThatCannotBeCut) {
  auto scenario = meridian();
  scenario.areas[0].parts = {Line{{at(30, 50), at(30, 50)}}};
  auto const sectors = sectors_of(scenario);
  ASSERT_FALSE(sectors.ok());
  EXPECT_TRUE(sectors.error().message.starts_with("area `front`: ")) << sectors.error().message;
  scenario.areas[0].parts = {model::Point{at(30, 50)}};
  EXPECT_EQ(map_layers(scenario).error().message,
            "area `front` is to be cut into sectors and is no line");
}

TEST(DemandPoints, ALineStandsForTheMiddleOfEachOfItsSectors) {
  auto scenario = meridian();
  scenario.demands = {demand("", "", "plant"), demand("front", "", ""), demand("", "front-03", "")};
  auto const points = demand_points(scenario).value();
  ASSERT_EQ(points.size(), 7U);
  EXPECT_EQ(points[0].demand, 0U);
  EXPECT_EQ(points[0].position, at(34.6, 47.5));
  EXPECT_EQ(points[1].demand, 1U);
  EXPECT_EQ(points[1].sector.text(), "front-01");
  EXPECT_NEAR(points[1].position.latitude.count(), 50.1, 1e-4);
  EXPECT_EQ(points[6].demand, 2U);
  EXPECT_NEAR(points[6].position.latitude.count(), 50.5, 1e-4);
}

TEST(DemandPoints, SayWhatIsNotThere) {
  auto scenario = meridian();
  scenario.demands = {demand("", "front-06", "")};
  EXPECT_EQ(demand_points(scenario).error().message, "demand `d`: there is no sector `front-06`");
  EXPECT_EQ(demand_points(scenario).error().hint, "`front` has the sectors front-01 to front-05");
  scenario.demands = {demand("lane", "", "")};
  EXPECT_EQ(demand_points(scenario).error().message, "demand `d`: `lane` has no sectors");
  scenario.demands = {demand("", "", "nowhere")};
  EXPECT_EQ(demand_points(scenario).error().message,
            "demand `d` is at `nowhere`, which has no coordinates");
}

TEST(ContactLine, DistanceIsToTheNearestLineOfContact) {
  auto scenario = meridian();
  auto const contact = ContactLine::of(scenario).value();
  // A degree of longitude is 71.7 km there; `lane`, which is nearer, is no line of contact.
  EXPECT_NEAR(contact.distance(at(29, 50.5))->count(), 71'000, 100);
  scenario.areas[0].kind.reset();
  EXPECT_FALSE(ContactLine::of(scenario).value().distance(at(29, 50.5)));
}

}  // namespace
}  // namespace guarantor::geo
