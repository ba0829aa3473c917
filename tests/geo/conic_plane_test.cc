#include "guarantor/geo/conic_plane.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {
namespace {

using model::Degrees;
using model::Position;

Position place(double longitude, double latitude) {
  return {.longitude = Degrees{longitude}, .latitude = Degrees{latitude}};
}

TEST(ConicPlane, KeepsDistancesOfARegionToTwoPerMille) {
  std::vector<Position> places;
  for (double latitude = 44; latitude <= 53; latitude += 1.5) {
    for (double longitude = 22; longitude <= 41; longitude += 3) {
      places.push_back(place(longitude, latitude));
    }
  }
  ConicPlane const plane = ConicPlane::around(places);
  for (Position const from : places) {
    Position const to = travel(from, Degrees{37}, Metres{5000}).position;
    PlanePoint const a = plane.at(from);
    PlanePoint const b = plane.at(to);
    EXPECT_NEAR(std::hypot(a.east - b.east, a.north - b.north), 5000, 10);
  }
}

TEST(ConicPlane, AloneAPlaceIsOnItsMeridian) {
  std::array const places{place(30.5, 50.4)};
  ConicPlane const plane = ConicPlane::around(places);
  EXPECT_NEAR(plane.at(places[0]).east, 0, 1e-6);
  EXPECT_EQ(plane.meridian(), 30.5);
}

TEST(ConicPlane, KeepsARegionBesideTheAntimeridianWhole) {
  std::array const places{place(179.9995, 65), place(-179.9995, 65), place(179.999, 65),
                          place(180.001, 65)};
  ConicPlane const plane = ConicPlane::around(places);
  EXPECT_NEAR(std::abs(plane.meridian()), 180, 1e-9);
  for (Position const from : places) {
    for (Position const to : places) {
      PlanePoint const a = plane.at(from);
      PlanePoint const b = plane.at(to);
      EXPECT_NEAR(std::hypot(a.east - b.east, a.north - b.north), course(from, to).length.count(),
                  0.01);
    }
  }
}

TEST(ConicPlane, IsCutWhereThereIsNobody) {
  // Nobody between 50 west and 60 east: the middle is opposite, at 175 west.
  std::array const places{place(60, 10), place(150, 20), place(-150, 20), place(-50, 30)};
  EXPECT_NEAR(ConicPlane::around(places).meridian(), -175, 1e-9);
}

TEST(ConicPlane, TellsHowFarItsMetresAreFromTrue) {
  std::array const places{place(0, -10), place(30, 60)};
  ConicPlane const plane = ConicPlane::around(places);
  Position const from = places[1];
  PlanePoint const a = plane.at(from);
  PlanePoint const b = plane.at(travel(from, Degrees{37}, Metres{10}).position);
  double const scale = plane.scale_at(from);
  EXPECT_GT(scale, 1.05);
  EXPECT_NEAR(std::hypot(a.east - b.east, a.north - b.north) / 10, scale, 1e-4);
  EXPECT_NEAR(plane.scale_at(place(12, plane.standard_parallels()[0])), 1, 1e-9);
}

}  // namespace
}  // namespace guarantor::geo
