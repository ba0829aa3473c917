#include "guarantor/geo/polyline.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "drawing.h"
#include "guarantor/geo/sectors.h"
#include "guarantor/geo/simplify.h"

namespace guarantor::geo {
namespace {

using drawing::at;
using model::Line;
using model::Position;

Polyline polyline(std::vector<Position> positions) {
  return Polyline::from(Line{std::move(positions)}).value();
}

Line any_line() {
  auto const count = *rc::gen::inRange(2, 9);
  Line line;
  for (int i = 0; i < count; ++i) {
    line.positions.push_back(at(*rc::gen::inRange(300'000, 380'000) / 10'000.0,
                                *rc::gen::inRange(450'000, 500'000) / 10'000.0));
  }
  return line;
}

/// The least distance from a point to a line by trying places ever closer together.
double slow_distance(Polyline const& line, Position point) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < line.positions().size(); ++i) {
    Course const edge = course(line.positions()[i], line.positions()[i + 1]);
    auto const away = [&](double along) {
      return distance(point, travel(line.positions()[i], edge.departure, Metres{along}).position)
          .count();
    };
    double low = 0;
    double high = edge.length.count();
    while (high - low > 0.01) {
      double const third = (high - low) / 3;
      (away(low + third) < away(high - third) ? high : low) +=
          away(low + third) < away(high - third) ? -third : third;
    }
    best = std::min({best, away(0), away(edge.length.count()), away((low + high) / 2)});
  }
  return best;
}

TEST(Polyline, RefusesWhatIsNoLine) {
  EXPECT_FALSE(Polyline::from(Line{}).ok());
  EXPECT_FALSE(Polyline::from(Line{{at(30, 50)}}).ok());
  EXPECT_FALSE(Polyline::from(Line{{at(30, 50), at(30, 50)}}).ok());
  EXPECT_FALSE(Polyline::from(Line{{at(0, 0), at(180, 0)}}).ok());
  auto const off = Polyline::from(Line{{at(30, 50), at(30, 95)}});
  ASSERT_FALSE(off.ok());
  EXPECT_EQ(off.error().kind, model::ErrorKind::kBadInput);
  EXPECT_NE(off.error().message.find("position 2"), std::string::npos);
}

TEST(Polyline, MeasuresAndFindsPlacesAlong) {
  Polyline const line = polyline({at(30, 48), at(31, 48), at(31, 48), at(31, 49)});
  EXPECT_EQ(line.positions().size(), 3U);
  double const whole =
      distance(at(30, 48), at(31, 48)).count() + distance(at(31, 48), at(31, 49)).count();
  EXPECT_NEAR(line.length().count(), whole, 1e-6);
  EXPECT_EQ(line.at(Metres{-1}).position, at(30, 48));
  EXPECT_EQ(line.at(line.length()).position, at(31, 49));
  Position const on_second = line.at(line.length() - Metres{1000}).position;
  EXPECT_NEAR(distance(on_second, at(31, 49)).count(), 1000, 1e-6);
  EXPECT_NEAR(on_second.longitude.count(), 31, 1e-12);
}

TEST(Polyline, TellsTheSideAlsoAtCornersAndBeyondTheEnds) {
  //   . . q
  //   A---B
  //       |
  //   p   C
  Polyline const line = polyline({at(30, 49), at(31, 49), at(31, 48)});
  EXPECT_EQ(line.nearest(at(30.5, 49.5)).side, Side::kLeft);
  EXPECT_EQ(line.nearest(at(31.3, 49.3)).side, Side::kLeft);  // nearest to the corner
  EXPECT_EQ(line.nearest(at(30.5, 48.5)).side, Side::kRight);
  EXPECT_EQ(line.nearest(at(29.5, 49.2)).side, Side::kLeft);  // before the start
  EXPECT_EQ(line.nearest(at(29.5, 48.8)).side, Side::kRight);
  EXPECT_EQ(line.nearest(at(31.2, 47.5)).side, Side::kLeft);  // after the end
  EXPECT_EQ(line.nearest(line.at(Metres{40'000}).position).side, Side::kOn);
  EXPECT_NEAR(line.nearest(line.at(Metres{40'000}).position).along.count(), 40'000, 1e-3);
}

RC_GTEST_PROP(Polyline, NearestAgreesWithTryingPlaces, ()) {
  auto const line = Polyline::from(any_line());
  RC_PRE(line.ok());
  Position const point = at(*rc::gen::inRange(290'000, 390'000) / 10'000.0,
                            *rc::gen::inRange(440'000, 510'000) / 10'000.0);
  Nearest const found = line.value().nearest(point);
  RC_ASSERT(std::abs(found.distance.count() - slow_distance(line.value(), point)) < 0.01);
  RC_ASSERT(std::abs(distance(found.position, point).count() - found.distance.count()) < 1e-3);
  RC_ASSERT(distance(line.value().at(found.along).position, found.position).count() < 1e-3);
}

RC_GTEST_PROP(Polyline, APointSetOffSquareIsAtThatDistanceOnThatSide, ()) {
  Position const start = at(33, 48);
  auto const end = at(*rc::gen::inRange(340, 380) / 10.0, *rc::gen::inRange(460, 500) / 10.0);
  Polyline const line = polyline({start, end});
  double const share = *rc::gen::inRange(1, 100) / 100.0;
  double const away = *rc::gen::inRange(1, 100'000);
  bool const right = *rc::gen::arbitrary<bool>();
  Arrival const on = line.at(line.length() * share);
  model::Degrees const square{right ? 90.0 : -90.0};
  Nearest const back =
      line.nearest(travel(on.position, on.azimuth + square, Metres{away}).position);
  RC_ASSERT(std::abs(back.distance.count() - away) < 1e-3);
  RC_ASSERT(std::abs((back.along - line.length() * share).count()) < 0.01);
  RC_ASSERT(back.side == (right ? Side::kRight : Side::kLeft));
}

RC_GTEST_PROP(Sectors, AddUpToTheLine, ()) {
  auto const line = Polyline::from(any_line());
  RC_PRE(line.ok());
  Metres const longest{static_cast<double>(*rc::gen::inRange(5'000, 400'000))};
  auto const cut = cut_into_sectors(line.value(), longest, "front");
  RC_ASSERT(cut.ok());
  auto const& sectors = cut.value();
  RC_ASSERT(sectors.front().start == line.value().positions().front());
  RC_ASSERT(sectors.back().end == line.value().positions().back());
  double sum = 0;
  double const one = line.value().length().count() / static_cast<double>(sectors.size());
  for (std::size_t i = 0; i < sectors.size(); ++i) {
    double const along = length(sectors[i].line).count();
    sum += along;
    RC_ASSERT(std::abs(along - one) < 1e-3);
    RC_ASSERT(along <= longest.count() + 1e-3);
    RC_ASSERT((i == 0 || sectors[i].start == sectors[i - 1].end));
    RC_ASSERT((i == 0 || sectors[i - 1].id < sectors[i].id));
  }
  RC_ASSERT(std::abs(sum - line.value().length().count()) < 1e-3);
  bool const fewest = sectors.size() == 1 ||
                      line.value().length().count() >
                          longest.count() * static_cast<double>(sectors.size() - 1) * (1 - 1e-9);
  RC_ASSERT(fewest);
}

TEST(Sectors, HaveStableNamesAndRefuseNoLength) {
  Polyline const line = polyline({at(33, 48), at(34, 48)});
  auto const sectors = cut_into_sectors(line, line.length() * 0.25, "contact").value();
  ASSERT_EQ(sectors.size(), 4U);
  EXPECT_EQ(sectors.front().id, "contact-01");
  EXPECT_EQ(sectors.back().id, "contact-04");
  EXPECT_EQ(cut_into_sectors(line, line.length(), "x").value().size(), 1U);
  EXPECT_EQ(cut_into_sectors(line, line.length() * (1 / 120.0), "x").value().front().id, "x-001");
  EXPECT_FALSE(cut_into_sectors(line, Metres{0}, "x").ok());
  EXPECT_FALSE(cut_into_sectors(line, Metres{0.1}, "x").ok());
  EXPECT_FALSE(cut_into_sectors(line, Metres{std::nan("")}, "x").ok());
}

RC_GTEST_PROP(Simplify, WhatIsLeftOutLiesWithinTheTolerance, ()) {
  Line const line = any_line();
  Metres const tolerance{static_cast<double>(*rc::gen::inRange(1'000, 100'000))};
  Line const fewer = simplified(line, tolerance);
  RC_ASSERT(fewer.positions.front() == line.positions.front());
  RC_ASSERT(fewer.positions.back() == line.positions.back());
  auto const drawn = Polyline::from(fewer);
  RC_PRE(drawn.ok());
  for (Position const position : line.positions) {
    RC_ASSERT(drawn.value().nearest(position).distance.count() < tolerance.count() * 1.01);
  }
}

}  // namespace
}  // namespace guarantor::geo
