#include "guarantor/geo/buffer.h"

#include <fmt/format.h>
#include <s2/s2builderutil_snap_functions.h>
#include <s2/s2loop.h>
#include <s2/s2polygon.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/sphere.h"

namespace guarantor::geo {

using model::Degrees;
using model::Error;
using model::ErrorKind;
using model::Polygon;
using model::Position;
using model::Result;
using model::Ring;

namespace {

constexpr double kStep = 4;                  // degrees of a circle between positions
constexpr double kLongestPiece = 200'000;    // metres, of a line's edge
constexpr double kLongestSideStep = 20'000;  // metres; beside it the side bends by 1.3 m at most
constexpr double kMostPieces = 200'000;
constexpr int kDecimals = 7;
constexpr double kPerDegree = 1e7;

std::optional<Error> refuse(Metres distance) {
  constexpr double kShortest = 1;
  constexpr double kLongest = 1'000'000;
  if (!(distance.count() >= kShortest && distance.count() <= kLongest)) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{} m is no distance for a buffer", distance.count()),
                 "between 1 m and 1,000 km"};
  }
  return std::nullopt;
}

Position rounded(S2Point const& point) {
  Position const exact = on_map(point);
  auto const round = [](Degrees angle) {
    return Degrees{std::round(angle.count() * kPerDegree) / kPerDegree};
  };
  return {round(exact.longitude), round(exact.latitude)};
}

Ring ring_of(S2Loop const& loop) {
  Ring ring;
  ring.reserve(static_cast<std::size_t>(loop.num_vertices()) + 1);
  for (int i = 0; i < loop.num_vertices(); ++i) {
    ring.push_back(rounded(loop.oriented_vertex(i)));
  }
  ring.push_back(ring.front());
  return ring;
}

std::vector<Polygon> polygons_of(S2Polygon const& shape) {
  std::vector<Polygon> polygons;
  for (int i = 0; i < shape.num_loops(); ++i) {  // a loop's holes follow it
    if (!shape.loop(i)->is_hole()) {
      polygons.emplace_back();
    }
    polygons.back().rings.push_back(ring_of(*shape.loop(i)));
  }
  return polygons;
}

/// Adds the arc around a centre from one azimuth, turning left by an angle, both ends included.
void add_arc(std::vector<S2Point>& outline, Position centre, Degrees from, Degrees left,
             Metres radius) {
  int const steps = std::max(1, static_cast<int>(std::ceil(left.count() / kStep)));
  for (int i = 0; i <= steps; ++i) {
    Degrees const azimuth = from - left * (static_cast<double>(i) / steps);
    outline.push_back(on_sphere(travel(centre, azimuth, radius).position));
  }
}

std::unique_ptr<S2Polygon> shape_of(std::vector<S2Point> outline) {
  outline.erase(std::unique(outline.begin(), outline.end()), outline.end());
  auto loop = std::make_unique<S2Loop>(outline, S2Debug::DISABLE);
  loop->Normalize();
  return std::make_unique<S2Polygon>(std::move(loop), S2Debug::DISABLE);
}

/// All within the radius of a shortest line, going round it counter-clockwise. Unless it is the
/// line's first, the piece begins square: what lies behind its start and within the radius is
/// nearest to the start, where the pieces before it are round.
std::unique_ptr<S2Polygon> piece(Position start, Course const& edge, Metres radius, bool first) {
  constexpr Degrees kQuarter{90};
  constexpr Degrees kHalf{180};
  int const steps =
      std::max(1, static_cast<int>(std::ceil(edge.length.count() / kLongestSideStep)));
  std::vector<Arrival> along;
  for (int i = 0; i <= steps; ++i) {
    along.push_back(travel(start, edge.departure, edge.length * (static_cast<double>(i) / steps)));
  }
  std::vector<S2Point> outline;
  for (int i = 1; i < steps; ++i) {  // the right side, forwards
    Arrival const& here = along[static_cast<std::size_t>(i)];
    outline.push_back(on_sphere(travel(here.position, here.azimuth + kQuarter, radius).position));
  }
  add_arc(outline, along.back().position, along.back().azimuth + kQuarter, kHalf, radius);
  for (int i = steps - 1; i > 0; --i) {  // the left side, back
    Arrival const& here = along[static_cast<std::size_t>(i)];
    outline.push_back(on_sphere(travel(here.position, here.azimuth - kQuarter, radius).position));
  }
  if (first) {
    add_arc(outline, start, edge.departure - kQuarter, kHalf, radius);
  } else {
    outline.push_back(on_sphere(travel(start, edge.departure - kQuarter, radius).position));
    outline.push_back(on_sphere(travel(start, edge.departure + kQuarter, radius).position));
  }
  return shape_of(std::move(outline));
}

}  // namespace

Result<std::vector<Polygon>> buffer(Position point, Metres distance) {
  if (auto error = refuse(distance)) {
    return *error;
  }
  if (!is_on_earth(point)) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("the point {}, {} is not on the earth", point.longitude.count(),
                             point.latitude.count()),
                 "longitude first, then latitude, in degrees"};
  }
  constexpr Degrees kTurn{360};
  std::vector<S2Point> outline;
  add_arc(outline, point, Degrees{0}, kTurn, distance);
  outline.pop_back();
  std::vector<std::unique_ptr<S2Polygon>> shapes;
  shapes.push_back(shape_of(std::move(outline)));
  S2Polygon rounded_shape;
  rounded_shape.InitToSnapped(*shapes.front(), s2builderutil::IntLatLngSnapFunction{kDecimals});
  return polygons_of(rounded_shape);
}

Result<std::vector<Polygon>> buffer(Polyline const& line, Metres distance) {
  if (auto error = refuse(distance)) {
    return *error;
  }
  if (line.length().count() / kLongestPiece + static_cast<double>(line.positions().size()) >
      kMostPieces) {
    return Error{ErrorKind::kBadInput, "the line has too many positions for a buffer",
                 "simplify it first"};
  }
  std::vector<std::unique_ptr<S2Polygon>> pieces;
  for (std::size_t i = 0; i + 1 < line.positions().size(); ++i) {
    Course const edge = course(line.positions()[i], line.positions()[i + 1]);
    double const count = std::max(1.0, std::ceil(edge.length.count() / kLongestPiece));
    Metres const length = edge.length * (1 / count);
    for (int k = 0; k < static_cast<int>(count); ++k) {
      Arrival const start = travel(line.positions()[i], edge.departure, length * k);
      pieces.push_back(
          piece(start.position, {length, start.azimuth, start.azimuth}, distance, pieces.empty()));
    }
  }
  auto const whole = S2Polygon::DestructiveUnion(std::move(pieces),
                                                 s2builderutil::IntLatLngSnapFunction{kDecimals});
  return polygons_of(*whole);
}

}  // namespace guarantor::geo
