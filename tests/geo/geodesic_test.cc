#include "guarantor/geo/geodesic.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "drawing.h"
#include "guarantor/model/ground_length.h"

namespace guarantor::geo {
namespace {

using drawing::at;
using model::Degrees;
using model::Position;

double degrees(double whole, double minutes, double seconds) {
  double const size = std::abs(whole) + minutes / 60 + seconds / 3600;
  return whole < 0 ? -size : size;
}

Position any_position() {
  double const longitude = *rc::gen::inRange(-1'800'000, 1'800'001) / 10'000.0;
  double const latitude = *rc::gen::inRange(-890'000, 890'001) / 10'000.0;
  return at(longitude, latitude);
}

// Flinders Peak to Buninyong, the worked example of the Geocentric Datum of Australia Technical
// Manual (ICSM), on GRS 80, which differs from WGS 84 by less than the digits shown.
TEST(Geodesic, AgreesWithTheAustralianWorkedExample) {
  Position const flinders = at(degrees(144, 25, 29.52440), degrees(-37, 57, 3.72030));
  Position const buninyong = at(degrees(143, 55, 35.38390), degrees(-37, 39, 10.15610));
  Course const way = course(flinders, buninyong);
  EXPECT_NEAR(way.length.count(), 54972.271, 0.0006);
  EXPECT_NEAR(way.departure.count(), degrees(306, 52, 5.37) - 360, 2e-6);
  EXPECT_NEAR(way.arrival.count(), degrees(127, 10, 25.07) - 180, 2e-6);
}

// New York (JFK) to Singapore, the example of the GeodSolve manual page (GeographicLib).
TEST(Geodesic, AgreesWithAPublishedLongLine) {
  Course const way = course(at(degrees(-73, 46, 44), degrees(40, 38, 23)),
                            at(degrees(103, 59, 22), degrees(1, 21, 33)));
  EXPECT_NEAR(way.length.count(), 15347628, 0.6);
  EXPECT_NEAR(way.departure.count(), degrees(3, 18, 29.9), 2e-5);
  EXPECT_NEAR(way.arrival.count(), degrees(177, 29, 9.2), 2e-5);
}

// The quarter meridian and the equator's radius of WGS 84 (NGA.STND.0036, 2014).
TEST(Geodesic, KnowsTheSizeOfTheEarth) {
  EXPECT_NEAR(distance(at(17, 0), at(17, 90)).count(), 10001965.729, 0.001);
  EXPECT_NEAR(distance(at(0, 0), at(1, 0)).count(), 6378137.0 * std::acos(-1.0) / 180, 1e-6);
}

// A ring along the equator and two meridians encloses an eighth of the earth's 510,065,621.724 km2.
TEST(Geodesic, AnEighthOfTheEarthHasAnEighthOfItsArea) {
  model::Ring const eighth{at(0, 0), at(90, 0), at(0, 90), at(0, 0)};
  EXPECT_NEAR(enclosed_area(eighth).count(), 510065621.724e6 / 8, 1e3);
  model::Ring const back{at(0, 0), at(0, 90), at(90, 0), at(0, 0)};
  EXPECT_NEAR(enclosed_area(back).count(), enclosed_area(eighth).count(), 1);
}

TEST(Geodesic, MeasuresAcrossTheAntimeridianAndAroundThePole) {
  EXPECT_NEAR(distance(at(179.5, 10), at(-179.5, 10)).count(),
              distance(at(0, 10), at(1, 10)).count(), 1e-6);
  EXPECT_EQ(distance(at(180, 5), at(-180, 5)).count(), 0);
  EXPECT_LT(enclosed_area({at(179, 0), at(-179, 0), at(-179, 2), at(179, 2)}).count(), 5e10);
  EXPECT_NEAR(enclosed_area({at(0, 80), at(120, 80), at(-120, 80)}).count(), 1.6e12, 0.1e12);
}

TEST(Geodesic, TellsWhatIsNotOnTheEarth) {
  constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(is_on_earth(at(-180, 90)));
  EXPECT_FALSE(is_on_earth(at(180.1, 0)));
  EXPECT_FALSE(is_on_earth(at(0, -90.1)));
  EXPECT_FALSE(is_on_earth(at(kNothing, 0)));
  EXPECT_FALSE(is_on_earth(at(0, kNothing)));
  EXPECT_EQ(normalised(Degrees{-180}).count(), 180);
  EXPECT_EQ(normalised(Degrees{540}).count(), 180);
}

RC_GTEST_PROP(Geodesic, TravellingACourseArrives, ()) {
  Position const from = any_position();
  Position const to = any_position();
  Course const way = course(from, to);
  Arrival const there = travel(from, way.departure, way.length);
  RC_ASSERT(distance(there.position, to).count() < 1e-6);
  RC_ASSERT((distance(to, from) == distance(from, to) ||
             std::abs((distance(to, from) - distance(from, to)).count()) < 1e-7));
}

RC_GTEST_PROP(Geodesic, ThroughTheEarthIsNeverLonger, ()) {
  Position const a = any_position();
  Position const b = any_position();
  auto const p = earth_centred(a);
  auto const q = earth_centred(b);
  double const chord = std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
  RC_ASSERT(chord <= distance(a, b).count() + 1e-6);
}

/// Holds `model::ground_length` to the accuracy that it states for lines of some length.
void measure_lines(double metres, double most_error) {
  Position const from = any_position();
  Degrees const azimuth{static_cast<double>(*rc::gen::inRange(0, 360))};
  Position const to = travel(from, azimuth, Metres{metres}).position;
  RC_ASSERT(std::abs((model::ground_length(from, to) - distance(from, to)).count()) <= most_error);
}

RC_GTEST_PROP(GroundLength, IsAsAccurateAsItSays, ()) {
  measure_lines(*rc::gen::inRange(0, 1'000), 20e-9);
  measure_lines(80'000, 80'000 * 1e-7);
  measure_lines(250'000, 250'000 * 1e-6);
  measure_lines(1'000'000, 1'000'000 * 12e-6);
}

TEST(GroundLength, OfNothingAndAcrossTheEarth) {
  EXPECT_EQ(model::ground_length(at(9, 47), at(9, 47)).count(), 0);
  EXPECT_LT(model::ground_length(at(180, 5), at(-180, 5)).count(), 1e-6);
  EXPECT_NEAR(model::ground_length(at(0, 0), at(180, 0)).count(), 20'015'000, 1'000);
}

}  // namespace
}  // namespace guarantor::geo
