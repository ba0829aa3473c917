#include "guarantor/geo/area.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

#include "drawing.h"
#include "guarantor/geo/area_index.h"
#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/simplify.h"

namespace guarantor::geo {
namespace {

using drawing::at;
using drawing::ring;
using model::Polygon;
using model::Position;
using model::Ring;

std::vector<AreaFlaw> flaws(Ring const& outer, std::vector<Ring> const& holes = {}) {
  Polygon polygon{{outer}};
  polygon.rings.insert(polygon.rings.end(), holes.begin(), holes.end());
  return find_flaws({polygon});
}

std::optional<AreaFault> fault(std::vector<AreaFlaw> const& found) {
  return found.empty() ? std::nullopt : std::optional{found.front().fault};
}

using Point = std::array<long double, 3>;

Point exact(Position position) {
  constexpr long double kDegree = std::numbers::pi_v<long double> / 180;
  long double const longitude = position.longitude.count() * kDegree;
  long double const latitude = position.latitude.count() * kDegree;
  return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude),
          std::sin(latitude)};
}

long double volume(Point const& a, Point const& b, Point const& c) {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) +
         a[2] * (b[0] * c[1] - b[1] * c[0]);
}

/// Whether two great circle arcs shorter than a quarter of the earth cross, by the four turns.
bool slow_cross(Position a, Position b, Position c, Position d) {
  Point const p = exact(a);
  Point const q = exact(b);
  Point const r = exact(c);
  Point const s = exact(d);
  bool const split_second = (volume(p, q, r) > 0) != (volume(p, q, s) > 0);
  bool const split_first = (volume(r, s, p) > 0) != (volume(r, s, q) > 0);
  bool const same_half = p[0] * r[0] + p[1] * r[1] + p[2] * r[2] > 0;
  return split_first && split_second && same_half;
}

bool slow_crosses_itself(Ring const& positions) {
  std::size_t const edges = positions.size() - 1;
  for (std::size_t i = 0; i < edges; ++i) {
    for (std::size_t j = i + 2; j < edges; ++j) {
      if ((i != 0 || j != edges - 1) &&
          slow_cross(positions[i], positions[i + 1], positions[j], positions[j + 1])) {
        return true;
      }
    }
  }
  return false;
}

/// How often a ring goes round a place: the sum of the turns it makes as seen from there.
int slow_winding(Ring const& positions, Position place) {
  Point const p = exact(place);
  long double const level = std::hypot(p[0], p[1]);
  Point const east{-p[1] / level, p[0] / level, 0};
  Point const north{-p[2] * p[0] / level, -p[2] * p[1] / level, level};
  auto const bearing = [&](Position other) {
    Point const q = exact(other);
    long double const x = q[0] * east[0] + q[1] * east[1] + q[2] * east[2];
    long double const y = q[0] * north[0] + q[1] * north[1] + q[2] * north[2];
    return std::atan2(y, x);
  };
  long double sum = 0;
  for (std::size_t i = 0; i + 1 < positions.size(); ++i) {
    sum += std::remainder(bearing(positions[i + 1]) - bearing(positions[i]),
                          2 * std::numbers::pi_v<long double>);
  }
  return static_cast<int>(std::lround(sum / (2 * std::numbers::pi_v<long double>)));
}

/// A ring around a middle that does not cross itself, as wide as drawn in each direction.
Ring star(Position middle, std::vector<double> const& radii) {
  Ring positions;
  double const step = 360.0 / static_cast<double>(radii.size());
  for (std::size_t i = 0; i < radii.size(); ++i) {
    model::Degrees const azimuth{-step * static_cast<double>(i)};
    positions.push_back(travel(middle, azimuth, Metres{radii[i]}).position);
  }
  positions.push_back(positions.front());
  return positions;
}

TEST(Area, AcceptsSoundRingsEitherWayRound) {
  Ring forward = ring({"A..D", "....", "B..C"});
  EXPECT_TRUE(flaws(forward).empty());
  std::reverse(forward.begin(), forward.end());
  EXPECT_TRUE(flaws(forward).empty());
  EXPECT_TRUE(flaws(ring({"A.H.G", "..I..", "B...F", "..D..", "..C.E"})).empty());
}

TEST(Area, TellsWhereARingCrossesItself) {
  auto const found = flaws(ring({"A...C", ".....", "D...B"}));
  ASSERT_EQ(fault(found), AreaFault::kCrossing);
  EXPECT_EQ(found[0].first, (EdgePlace{0, 0, 0}));
  EXPECT_EQ(found[0].second, (EdgePlace{0, 0, 2}));
  EXPECT_NEAR(found[0].place.longitude.count(), 30.2, 1e-6);
  EXPECT_NEAR(found[0].place.latitude.count(), 48.1, 1e-3);  // arcs bulge to the north
  std::string const said = text(found[0]);
  EXPECT_NE(said.find("edge 1 (part 1) crosses edge 3 (part 1) at 30.2"), std::string::npos)
      << said;
}

// A coast ring with a wrong turn near one end: the far side of the crossing, which a widening by
// nothing would keep, is the small loop; the country would be gone.
TEST(Area, NeverLosesTheLargerPartOfARingThatCrossesItself) {
  Ring const country = ring({"A...........F.H",  //
                             "...............",  //
                             "B...........G.I",  //
                             "...............",  //
                             "C...........E.D"});
  auto const made = ValidArea::from(model::AreaId{"coast"}, {Polygon{{country}}});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().kind, model::ErrorKind::kBadInput);
  EXPECT_NE(made.error().message.find("`coast`"), std::string::npos);
  EXPECT_NE(made.error().message.find("cross"), std::string::npos) << made.error().message;
}

TEST(Area, RefusesRingsThatTouchThemselves) {
  Ring const knot{at(30, 48), at(31, 48),     at(31, 49), at(30.5, 48.5), at(30, 49),
                  at(29, 49), at(30.5, 48.5), at(29, 48), at(30, 48)};
  EXPECT_EQ(fault(flaws(knot)), AreaFault::kPositionRepeated);
  Ring const spike{at(30, 48), at(31, 48), at(31, 49), at(32, 50),
                   at(31, 49), at(30, 49), at(30, 48)};
  EXPECT_TRUE(fault(flaws(spike)) == AreaFault::kEdgeRepeated) << text(flaws(spike).front());
  Ring const on_meridian{at(30, 40), at(31, 41), at(30, 41), at(31, 42), at(30, 43), at(30, 40)};
  EXPECT_EQ(fault(flaws(on_meridian)), AreaFault::kTouching);
}

TEST(Area, RefusesWhatIsNoRing) {
  constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(fault(find_flaws({})), AreaFault::kNoRing);
  EXPECT_EQ(fault(find_flaws({Polygon{}})), AreaFault::kNoRing);
  EXPECT_EQ(fault(flaws({})), AreaFault::kTooFewPositions);
  EXPECT_EQ(fault(flaws({at(0, 0), at(1, 0), at(0, 0)})), AreaFault::kTooFewPositions);
  EXPECT_EQ(fault(flaws({at(0, 0), at(1, 0), at(1, 0), at(0, 0)})), AreaFault::kTooFewPositions);
  EXPECT_EQ(fault(flaws({at(0, 0), at(1, 0), at(1, 1), at(0, 1)})), AreaFault::kOpenRing);
  EXPECT_EQ(fault(flaws({at(0, 0), at(1, kNothing), at(1, 1), at(0, 0)})), AreaFault::kOffTheEarth);
  EXPECT_EQ(fault(flaws({at(0, 0), at(181, 0), at(1, 1), at(0, 0)})), AreaFault::kOffTheEarth);
  EXPECT_EQ(fault(flaws({at(0, 0), at(179.9, 0), at(1, 1), at(0, 0)})),
            AreaFault::kOppositeNeighbours);
  auto const both = flaws({at(0, 0), at(1, 95), at(200, 1), at(0, 0)});
  EXPECT_EQ(both.size(), 2U);
}

TEST(Area, ImmediateRepetitionsAreNoFlaw) {
  EXPECT_TRUE(flaws({at(0, 0), at(1, 0), at(1, 0), at(1, 1), at(0, 0), at(0, 0)}).empty());
}

TEST(Area, HolesLieInsideAndApart) {
  std::vector<std::string> const drawn{"A.........D", ".EF...IJ...", ".HG...LK...", "B.........C"};
  Ring const outer = ring(drawn);
  Ring const shell{outer[0], outer[1], outer[2], outer[3], outer[0]};
  Ring const one{outer[4], outer[5], outer[6], outer[7], outer[4]};
  Ring const two{outer[8], outer[9], outer[10], outer[11], outer[8]};
  EXPECT_TRUE(flaws(shell, {one, two}).empty());
  EXPECT_EQ(fault(flaws(one, {two})), AreaFault::kHoleOutside);
  EXPECT_EQ(fault(flaws(one, {shell})), AreaFault::kHoleOutside);
  Ring const wide{at(30.05, 48.05), at(30.9, 48.05), at(30.9, 48.25), at(30.05, 48.25),
                  at(30.05, 48.05)};
  EXPECT_EQ(fault(flaws(shell, {wide, one})), AreaFault::kHolesOverlap);
  Ring const out{at(30.5, 48.1), at(32, 48.1), at(32, 48.2), at(30.5, 48.1)};
  EXPECT_EQ(fault(flaws(shell, {out})), AreaFault::kRingsCross);
  EXPECT_EQ(fault(flaws(shell, {one, one})), AreaFault::kEdgeRepeated);
}

TEST(Area, RingsMayTouchInPositionsBothHave) {
  Ring const shell{at(30, 48), at(31, 48), at(32, 48), at(32, 50), at(30, 50), at(30, 48)};
  Ring const inside{at(31, 48), at(31.5, 49), at(30.5, 49), at(31, 48)};
  Ring const outside{at(31, 48), at(31.5, 47), at(30.5, 47), at(31, 48)};
  EXPECT_TRUE(flaws(shell, {inside}).empty());
  EXPECT_EQ(fault(flaws(shell, {outside})), AreaFault::kRingsCrossAtPosition);
  EXPECT_TRUE(find_flaws({Polygon{{shell}}, Polygon{{outside}}}).empty());
  EXPECT_EQ(fault(find_flaws({Polygon{{shell}}, Polygon{{inside}}})),
            AreaFault::kRingsCrossAtPosition);
  // An island that fills the hole, or touches it from within.
  EXPECT_TRUE(find_flaws({Polygon{{shell, inside}}, Polygon{{inside}}}).empty());
  Ring const islet{at(31.5, 49), at(31.2, 48.9), at(31, 48.95), at(31.5, 49)};
  EXPECT_TRUE(find_flaws({Polygon{{shell, inside}}, Polygon{{islet}}}).empty());
}

TEST(Area, PartsLieApart) {
  Ring const large{at(30, 48), at(33, 48), at(33, 50), at(30, 50), at(30, 48)};
  Ring const lake{at(31, 48.5), at(32.5, 48.5), at(32.5, 49.5), at(31, 49.5), at(31, 48.5)};
  Ring const island{at(31.5, 48.8), at(32, 48.8), at(32, 49.2), at(31.5, 48.8)};
  Ring const across{at(32, 49), at(35, 49), at(35, 49.3), at(32, 49)};
  EXPECT_EQ(fault(find_flaws({Polygon{{large}}, Polygon{{island}}})), AreaFault::kPartsOverlap);
  EXPECT_EQ(fault(find_flaws({Polygon{{island}}, Polygon{{large}}})), AreaFault::kPartsOverlap);
  EXPECT_TRUE(find_flaws({Polygon{{large, lake}}, Polygon{{island}}}).empty());
  EXPECT_EQ(fault(find_flaws({Polygon{{large}}, Polygon{{across}}})), AreaFault::kRingsCross);
  EXPECT_FALSE(find_flaws({Polygon{{large}}, Polygon{{large}}}).empty());
}

TEST(Area, TheAntimeridianAndThePolesAreNoBorder) {
  Ring const across{at(178, 60), at(-178, 60), at(-178, 62), at(178, 62), at(178, 60)};
  Ring const pole{at(0, 85), at(90, 85), at(180, 85), at(-90, 85), at(0, 85)};
  EXPECT_TRUE(flaws(across).empty());
  EXPECT_TRUE(flaws(pole).empty());
  AreaIndex const index{{ValidArea::from(model::AreaId{"a"}, {Polygon{{across}}}).value(),
                         ValidArea::from(model::AreaId{"p"}, {Polygon{{pole}}}).value()}};
  EXPECT_EQ(index.containing(at(179.9, 61)), (std::vector<std::size_t>{0}));
  EXPECT_EQ(index.containing(at(-179.9, 61)), (std::vector<std::size_t>{0}));
  EXPECT_EQ(index.containing(at(0, 61)), (std::vector<std::size_t>{}));
  EXPECT_EQ(index.containing(at(33, 90)), (std::vector<std::size_t>{1}));
  // Cut along the antimeridian, the halves share an edge.
  Ring const east{at(178, 60), at(180, 60), at(180, 62), at(178, 62), at(178, 60)};
  Ring const west{at(-180, 60), at(-178, 60), at(-178, 62), at(-180, 62), at(-180, 60)};
  EXPECT_TRUE(find_flaws({Polygon{{east}}, Polygon{{west}}}).empty());
  Ring const girdle{at(0, -20), at(120, -20), at(-120, -20), at(0, -20)};
  EXPECT_EQ(fault(flaws({at(0, 1), at(120, -1), at(-120, 1), at(0, 1)})), AreaFault::kTooLarge);
  EXPECT_TRUE(flaws(girdle).empty());  // its smaller side holds the south pole
}

TEST(Area, SizeTakesHolesOff) {
  Ring const outer{at(30, 0), at(32, 0), at(32, 2), at(30, 2), at(30, 0)};
  Ring const hole{at(30.5, 0.5), at(30.5, 1.5), at(31.5, 1.5), at(31.5, 0.5), at(30.5, 0.5)};
  auto const whole = ValidArea::from(model::AreaId{"w"}, {Polygon{{outer}}}).value().size();
  auto const holed = ValidArea::from(model::AreaId{"h"}, {Polygon{{outer, hole}}}).value().size();
  EXPECT_NEAR(holed.count(), (whole - enclosed_area(hole)).count(), 1);
  EXPECT_NEAR(whole.count(), 4 * 12308.8e6, 3e7);  // a square degree at the equator
}

RC_GTEST_PROP(Area, SelfCrossingAgreesWithTheSlowWay, ()) {
  auto const count = *rc::gen::inRange<std::size_t>(3, 14);
  Ring positions;
  for (std::size_t i = 0; i < count; ++i) {
    positions.push_back(at(30 + *rc::gen::inRange(0, 100'003) / 20'011.0,
                           48 + *rc::gen::inRange(0, 100'003) / 33'013.0));
  }
  positions.push_back(positions.front());
  auto const found = flaws(positions);
  RC_PRE((found.empty() || found[0].fault == AreaFault::kCrossing));
  bool const slow = slow_crosses_itself(positions);
  RC_CLASSIFY(slow);
  RC_ASSERT(found.empty() != slow);
  if (!found.empty()) {
    std::size_t const i = found[0].first.edge;
    std::size_t const j = found[0].second->edge;
    RC_ASSERT(slow_cross(positions[i], positions[i + 1], positions[j], positions[j + 1]));
  }
}

RC_GTEST_PROP(Area, InsideAgreesWithTheWindingNumber, ()) {
  auto const count = *rc::gen::inRange<std::size_t>(3, 40);
  std::vector<double> radii;
  for (std::size_t i = 0; i < count; ++i) {
    radii.push_back(*rc::gen::inRange(5'000, 300'000));
  }
  Position const middle = at(*rc::gen::inRange(-180, 181), *rc::gen::inRange(-80, 81));
  Ring const positions = star(middle, radii);
  auto const area = ValidArea::from(model::AreaId{"star"}, {Polygon{{positions}}});
  RC_ASSERT(area.ok());
  AreaIndex const index{{area.value()}};
  for (int i = 0; i < 20; ++i) {
    Position const place =
        travel(middle, model::Degrees{static_cast<double>(*rc::gen::inRange(0, 360'000)) / 1'000},
               Metres{static_cast<double>(*rc::gen::inRange(1, 330'000))})
            .position;
    RC_ASSERT(!index.containing(place).empty() == (slow_winding(positions, place) != 0));
  }
}

// Four quarters around a position, with the places on their borders.
TEST(AreaIndex, EveryPlaceOnASharedBorderLiesInOneArea) {
  std::vector<ValidArea> areas;
  for (int quarter = 0; quarter < 4; ++quarter) {
    double const west = quarter % 2 == 0 ? 30 : 31;
    double const south = quarter < 2 ? 48 : 49;
    areas.push_back(
        ValidArea::from(model::AreaId{"q" + std::to_string(quarter)},
                        {Polygon{{{at(west, south), at(west + 1, south), at(west + 1, south + 1),
                                   at(west, south + 1), at(west, south)}}}})
            .value());
  }
  AreaIndex const index{std::move(areas)};
  EXPECT_EQ(index.containing(at(31, 49)).size(), 1U);
  for (int i = 1; i < 1000; ++i) {
    EXPECT_EQ(index.containing(at(31, 48 + i / 500.0)).size(), 1U);
  }
  EXPECT_EQ(index.containing(at(30.5, 48.5)), (std::vector<std::size_t>{0}));
  EXPECT_EQ(index.containing(at(31.5, 49.5)), (std::vector<std::size_t>{3}));
  EXPECT_TRUE(index.containing(at(29.5, 49.5)).empty());
}

TEST(Area, ALargeCombIsAcceptedAndALargeCombWithOneTornToothIsNot) {
  constexpr int kTeeth = 25'000;
  Ring comb{at(30, 47.9)};
  for (int i = 0; i < kTeeth; ++i) {  // slanted teeth, so that no box tells them apart
    double const west = 30 + i * 1e-4;
    comb.insert(comb.end(), {at(west + 0.00002, 48.001), at(west + 1, 50), at(west + 1.00003, 50),
                             at(west + 0.00006, 48.001)});
  }
  comb.push_back(at(30 + kTeeth * 1e-4, 47.9));
  comb.push_back(comb.front());
  EXPECT_TRUE(flaws(comb).empty());
  comb[40'002].longitude += model::Degrees{1.15e-4};
  EXPECT_EQ(fault(flaws(comb)), AreaFault::kCrossing);
}

RC_GTEST_PROP(Simplify, AnAreaStaysSound, ()) {
  auto const count = *rc::gen::inRange<std::size_t>(3, 80);
  std::vector<double> radii;
  for (std::size_t i = 0; i < count; ++i) {
    radii.push_back(*rc::gen::inRange(5'000, 100'000));
  }
  auto const area =
      ValidArea::from(model::AreaId{"star"}, {Polygon{{star(at(33, 48), radii)}}}).value();
  ValidArea const fewer =
      simplified(area, Metres{static_cast<double>(*rc::gen::inRange(100, 90'000))});
  RC_ASSERT(find_flaws(fewer.polygons()).empty());
  RC_ASSERT(fewer.polygons()[0].rings[0].size() <= area.polygons()[0].rings[0].size());
}

std::vector<ValidArea> oblasts(std::string const& folder) {
  std::ifstream file{folder + "/geo/ua_oblasts.geojson"};
  nlohmann::json const tree = nlohmann::json::parse(file);
  std::vector<ValidArea> areas;
  for (auto const& feature : tree.at("features")) {
    auto const& geometry = feature.at("geometry");
    std::vector<Polygon> polygons;
    for (auto const& part : geometry.at("coordinates")) {
      Polygon& polygon = polygons.emplace_back();
      for (auto const& drawn : part) {
        Ring& positions = polygon.rings.emplace_back();
        for (auto const& pair : drawn) {
          positions.push_back(at(pair.at(0), pair.at(1)));
        }
      }
    }
    EXPECT_EQ(geometry.at("type"), "MultiPolygon");
    auto area = ValidArea::from(model::AreaId{feature.at("properties").at("iso3166-2")}, polygons);
    EXPECT_TRUE(area.ok()) << (area.ok() ? "" : area.error().message);
    if (area.ok()) {
      areas.push_back(std::move(area).value());
    }
  }
  return areas;
}

TEST(Area, TheOblastsOfUkraineAreSoundAndHoldCrimea) {
  char const* const folder = std::getenv("GUARANTOR_DATA");
  if (folder == nullptr) {
    std::cerr << "GUARANTOR_DATA IS NOT SET: the oblasts of Ukraine were not looked at\n";
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  AreaIndex const ukraine{oblasts(folder)};
  EXPECT_GE(ukraine.areas().size(), 25U);
  auto const simferopol = ukraine.containing(at(34.1, 44.95));
  ASSERT_FALSE(simferopol.empty());
  EXPECT_EQ(ukraine.areas()[simferopol[0]].id().text(), "UA-43");
  EXPECT_FALSE(ukraine.containing(at(33.525, 44.6)).empty());  // Sevastopol
  EXPECT_FALSE(ukraine.containing(at(30.52, 50.45)).empty());  // Kyiv
  EXPECT_TRUE(ukraine.containing(at(21.01, 52.23)).empty());   // Warsaw
  EXPECT_TRUE(ukraine.containing(at(39.7, 47.23)).empty());    // Rostov
}

}  // namespace
}  // namespace guarantor::geo
