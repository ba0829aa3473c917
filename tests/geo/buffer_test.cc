#include "guarantor/geo/buffer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

#include "drawing.h"
#include "guarantor/geo/area.h"
#include "guarantor/geo/area_index.h"

namespace guarantor::geo {
namespace {

using drawing::at;
using model::Line;
using model::Polygon;
using model::Position;

AreaIndex index_of(std::vector<Polygon> const& polygons) {
  return AreaIndex{{ValidArea::from(model::AreaId{"buffer"}, polygons).value()}};
}

Line any_line() {
  auto const count = *rc::gen::inRange(2, 8);
  Line line;
  for (int i = 0; i < count; ++i) {
    line.positions.push_back(at(*rc::gen::inRange(320'000, 360'000) / 10'000.0,
                                *rc::gen::inRange(460'000, 490'000) / 10'000.0));
  }
  return line;
}

TEST(Buffer, RefusesWhatIsNoDistance) {
  Polyline const line = Polyline::from({{at(30, 48), at(31, 48)}}).value();
  for (double const wrong : {0.0, -5.0, 0.5, 2e6, std::nan("")}) {
    EXPECT_FALSE(buffer(at(30, 48), Metres{wrong}).ok());
    EXPECT_FALSE(buffer(line, Metres{wrong}).ok());
    EXPECT_FALSE(offset(line, Side::kLeft, Metres{wrong}).ok());
  }
  EXPECT_FALSE(buffer(at(30, 98), Metres{10}).ok());
  EXPECT_FALSE(offset(line, Side::kOn, Metres{10}).ok());
}

TEST(Buffer, ADiscHasItsSize) {
  auto const disc = buffer(at(33, 48), Metres{10'000}).value();
  ASSERT_EQ(disc.size(), 1U);
  EXPECT_TRUE(find_flaws(disc).empty());
  double const circle = std::numbers::pi * 1e8;
  double const drawn = enclosed_area(disc[0].rings[0]).count();
  EXPECT_LT(drawn, circle);
  EXPECT_GT(drawn, circle * 0.998);
  EXPECT_TRUE(find_flaws(buffer(at(180, 70), Metres{50'000}).value()).empty());
  EXPECT_TRUE(find_flaws(buffer(at(0, 90), Metres{50'000}).value()).empty());
}

TEST(Buffer, ALineThatComesBackLeavesAHole) {
  Polyline const loop =
      Polyline::from({{at(33, 48), at(34, 48), at(34, 49), at(33, 49), at(33, 48.05)}}).value();
  auto const around = buffer(loop, Metres{5'000}).value();
  ASSERT_EQ(around.size(), 1U);
  EXPECT_EQ(around[0].rings.size(), 2U);
  AreaIndex const index = index_of(around);
  EXPECT_TRUE(index.containing(at(33.5, 48.5)).empty());
  EXPECT_FALSE(index.containing(at(33.5, 48.0)).empty());
}

RC_GTEST_PROP(Buffer, HoldsWhatIsWithinTheDistance, ()) {
  auto const line = Polyline::from(any_line());
  RC_PRE(line.ok());
  Metres const reach{static_cast<double>(*rc::gen::inRange(500, 60'000))};
  auto const around = buffer(line.value(), reach);
  RC_ASSERT(around.ok());
  RC_ASSERT(find_flaws(around.value()).empty());
  AreaIndex const index = index_of(around.value());
  for (int i = 0; i < 20; ++i) {
    Position const place = at(*rc::gen::inRange(310'000, 370'000) / 10'000.0,
                              *rc::gen::inRange(450'000, 500'000) / 10'000.0);
    double const away = line.value().nearest(place).distance.count();
    if (!index.containing(place).empty()) {
      RC_ASSERT(away <= reach.count() + 0.15);
    } else {
      RC_ASSERT(away >= reach.count() * 0.9992 - 0.1);
    }
  }
  for (Polygon const& polygon : around.value()) {
    for (model::Ring const& ring : polygon.rings) {
      for (Position const position : ring) {
        double const away = line.value().nearest(position).distance.count();
        RC_ASSERT(away <= reach.count() + 0.15);
        RC_ASSERT(away >= reach.count() * 0.999 - 0.1);
      }
    }
  }
}

RC_GTEST_PROP(Offset, RunsAtItsDistanceOnItsSide, ()) {
  auto const line = Polyline::from(any_line());
  RC_PRE(line.ok());
  Metres const away{static_cast<double>(*rc::gen::inRange(500, 20'000))};
  Side const side = *rc::gen::element(Side::kLeft, Side::kRight);
  auto const beside = offset(line.value(), side, away);
  RC_ASSERT(beside.ok());
  for (Line const& piece : beside.value()) {
    RC_ASSERT(piece.positions.size() >= 2U);
    for (Position const position : piece.positions) {
      Nearest const foot = line.value().nearest(position);
      RC_ASSERT(foot.side == side);
      RC_ASSERT(std::abs((foot.distance - away).count()) < away.count() * 0.001 + 0.15);
    }
  }
}

TEST(Offset, FollowsALineFromBesideItsStartToBesideItsEnd) {
  //     C
  //     |
  // A---B
  Polyline const line = Polyline::from({{at(33, 48), at(34, 48), at(34, 49)}}).value();
  Metres const away{3'000};
  for (Side const side : {Side::kLeft, Side::kRight}) {
    auto const pieces = offset(line, side, away).value();
    ASSERT_EQ(pieces.size(), 1U);
    model::Degrees const square{side == Side::kLeft ? -90.0 : 90.0};
    Arrival const start = line.at(Metres{0});
    Arrival const end = line.at(line.length());
    Position const first = travel(start.position, start.azimuth + square, away).position;
    Position const last = travel(end.position, end.azimuth + square, away).position;
    EXPECT_LT(distance(pieces[0].positions.front(), first).count(), 0.03);
    EXPECT_LT(distance(pieces[0].positions.back(), last).count(), 0.03);
    double const gain = (length(pieces[0]) - line.length()).count();
    EXPECT_NEAR(gain, side == Side::kLeft ? -6'000 : 3'000 * std::numbers::pi / 2, 60);
  }
}

}  // namespace
}  // namespace guarantor::geo
