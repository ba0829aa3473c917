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

}  // namespace
}  // namespace guarantor::geo
