#include "guarantor/geo/isochrone.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "drawing.h"
#include "guarantor/geo/area_index.h"
#include "guarantor/geo/contour.h"
#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {
namespace {

using drawing::at;
using model::Hours;
using model::Position;

/// A field drawn with `#` inside, its first row the northernmost.
Field field(std::vector<std::string> const& rows) {
  Field drawn{rows[0].size(), rows.size(), {}};
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    for (char const letter : *row) {
      drawn.depth.push_back(letter == '#' ? 1 : -1);
    }
  }
  return drawn;
}

bool has(ValidArea const& area, Position position) {
  for (model::Polygon const& polygon : area.polygons()) {
    for (model::Ring const& ring : polygon.rings) {
      if (std::find(ring.begin(), ring.end(), position) != ring.end()) {
        return true;
      }
    }
  }
  return false;
}

TEST(Contour, FindsPartsAndHoles) {
  auto const found = outlines(field({".........",  //
                                     ".#####...",  //
                                     ".#...#.#.",  //
                                     ".#.#.#...",  //
                                     ".#...#.#.",  //
                                     ".#####.#.",  //
                                     "........."}));
  ASSERT_EQ(found.size(), 4U);
  std::vector<std::size_t> rings;
  for (Outline const& outline : found) {
    rings.push_back(outline.rings.size());
  }
  std::sort(rings.begin(), rings.end());
  EXPECT_EQ(rings, (std::vector<std::size_t>{1, 1, 1, 2}));
}

TEST(Contour, CornerToCornerIsApart) {
  EXPECT_EQ(outlines(field({"....", ".#..", "..#.", "...."})).size(), 2U);
  EXPECT_TRUE(outlines(field({"...", "...", "..."})).empty());
}

TEST(Isochrone, OnePlaceMakesADisc) {
  IsochroneRequest request{.points = {{at(33, 48), Hours{1}}},
                           .limits = {Hours{0.5}, Hours{1.5}, Hours{2}, Hours{9}},
                           .beside = Metres{20'000},
                           .beside_time = Hours{1},
                           .grid = Metres{500}};
  auto const found = isochrones(request).value();
  ASSERT_EQ(found.size(), 4U);
  EXPECT_TRUE(found[0].polygons.empty());
  std::vector<double> const radii{0, 10'000, 20'000, 20'000};
  for (std::size_t i = 1; i < found.size(); ++i) {
    ASSERT_EQ(found[i].polygons.size(), 1U);
    for (Position const position : found[i].polygons[0].rings[0]) {
      EXPECT_NEAR(distance(at(33, 48), position).count(), radii[i], radii[i] * 0.006 + 50);
    }
  }
}

TEST(Isochrone, AStretchIsReachedAsFarAsTimeAllows) {
  IsochroneRequest request{.stretches = {{{at(30, 48), Hours{0}}, {at(32, 48), Hours{4}}}},
                           .limits = {Hours{2}},
                           .beside = Metres{3'000},
                           .grid = Metres{500}};
  auto const area = isochrones(request).value()[0].polygons;
  AreaIndex const index{{ValidArea::from(model::AreaId{"r"}, area).value()}};
  EXPECT_FALSE(index.containing(at(30.99, 48.0)).empty());
  EXPECT_FALSE(index.containing(at(30.5, 48.02)).empty());
  EXPECT_TRUE(index.containing(at(30.5, 48.04)).empty());
  EXPECT_TRUE(index.containing(at(31.06, 48.0)).empty());
}

TEST(Isochrone, RefusesWhatItCannotDraw) {
  IsochroneRequest const good{.points = {{at(33, 48), Hours{0}}}, .limits = {Hours{1}}};
  EXPECT_TRUE(isochrones(good).ok());
  auto wrong = good;
  wrong.points[0].place = at(33, 85);
  EXPECT_FALSE(isochrones(wrong).ok());
  wrong = good;
  wrong.points[0].time = Hours{std::numeric_limits<double>::infinity()};
  EXPECT_FALSE(isochrones(wrong).ok());
  wrong = good;
  wrong.grid = Metres{0};
  EXPECT_FALSE(isochrones(wrong).ok());
  wrong = good;
  wrong.beside = Metres{10};
  EXPECT_FALSE(isochrones(wrong).ok());
  wrong = good;
  wrong.points.push_back({at(-20, 48), Hours{0}});
  wrong.grid = Metres{10};
  auto const fine = isochrones(wrong);
  ASSERT_FALSE(fine.ok());
  EXPECT_EQ(fine.error().kind, model::ErrorKind::kLimit);
  wrong = good;
  wrong.points.clear();
  EXPECT_TRUE(isochrones(wrong).value()[0].polygons.empty());
}

RC_GTEST_PROP(Isochrone, RingsAreSoundAndALongerLimitHoldsAShorterOne, ()) {
  IsochroneRequest request{.limits = {Hours{1}, Hours{2}, Hours{3}},
                           .beside = Metres{4'000},
                           .beside_time = Hours{*rc::gen::inRange(0, 3) * 0.5},
                           .grid = Metres{1'000}};
  double const west = *rc::gen::element(30.0, 179.5);
  for (int i = *rc::gen::inRange(1, 12); i > 0; --i) {
    auto const end = [&] {
      return ReachedPoint{
          at(normalised(model::Degrees{west + *rc::gen::inRange(0, 1'000) / 1'000.0}).count(),
             48 + *rc::gen::inRange(0, 1'000) / 1'000.0),
          Hours{*rc::gen::inRange(0, 400) / 100.0}};
    };
    request.stretches.push_back({end(), end()});
  }
  auto const found = isochrones(request).value();
  std::vector<ValidArea> areas;
  for (Isochrone const& ring : found) {
    if (ring.polygons.empty()) {
      RC_ASSERT(areas.empty());
    } else {
      auto area = ValidArea::from(model::AreaId{"ring"}, ring.polygons);
      RC_ASSERT(area.ok());
      areas.push_back(area.value());
    }
  }
  AreaIndex const index{areas};
  for (std::size_t i = 0; i < areas.size(); ++i) {
    for (model::Polygon const& polygon : areas[i].polygons()) {
      for (Position const position : polygon.rings[0]) {
        for (std::size_t const inside : index.containing(position)) {
          // No longer one's edge lies within a shorter one; they may have positions in common.
          RC_ASSERT((inside >= i || has(areas[inside], position)));
        }
      }
    }
  }
}

}  // namespace
}  // namespace guarantor::geo
