#include "guarantor/geo/polyline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <utility>

namespace guarantor::geo {

using model::Degrees;
using model::Error;
using model::ErrorKind;
using model::Position;
using model::Result;

namespace {

constexpr double kMeanRadius = 6371008.8;  // metres
constexpr double kSamePlace = 1e-4;        // metres

double radians(Degrees angle) {
  return angle.count() * std::numbers::pi / 180;
}

double chord(std::array<double, 3> const& a, std::array<double, 3> const& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// Where between `a` and `b`, from 0 to 1, a straight line is square to the way to `point`.
double share_below(std::array<double, 3> const& a, std::array<double, 3> const& b,
                   std::array<double, 3> const& point) {
  double along = 0;
  double square = 0;
  for (std::size_t axis = 0; axis < a.size(); ++axis) {
    along += (point[axis] - a[axis]) * (b[axis] - a[axis]);
    square += (b[axis] - a[axis]) * (b[axis] - a[axis]);
  }
  return std::clamp(along / square, 0.0, 1.0);
}

/// The turn to the right from one azimuth to another.
Degrees turn(Degrees from, Degrees to) {
  return normalised(to - from);
}

Side side_of_turn(Degrees to_the_right) {
  double const right = std::sin(radians(to_the_right));
  return right > 0 ? Side::kRight : (right < 0 ? Side::kLeft : Side::kOn);
}

}  // namespace

/// The nearest place of one edge.
struct Polyline::Foot {
  std::size_t edge;
  Metres along;  ///< from the edge's start
  Metres distance;
};

Result<Polyline> Polyline::from(model::Line const& line) {
  constexpr double kAlmostHalfWay =
      19'900'000;  // every two positions nearer have one shortest line
  Polyline made;
  for (std::size_t i = 0; i < line.positions.size(); ++i) {
    Position const position = line.positions[i];
    if (!is_on_earth(position)) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("position {} of the line is not on the earth: {}, {}", i + 1,
                               position.longitude.count(), position.latitude.count()),
                   "longitude first, then latitude, in degrees"};
    }
    if (made.positions_.empty()) {
      made.start_.emplace_back(0);
    } else {
      Course const edge = course(made.positions_.back(), position);
      if (edge.length.count() == 0) {
        continue;
      }
      if (edge.length.count() > kAlmostHalfWay) {
        return Error{ErrorKind::kBadInput,
                     fmt::format("positions {} and {} of the line are on opposite sides of the "
                                 "earth",
                                 i, i + 1),
                     "put a position between them to say which way the line goes"};
      }
      made.edges_.push_back(edge);
      made.start_.push_back(made.start_.back() + edge.length);
    }
    made.positions_.push_back(position);
    made.centred_.push_back(earth_centred(position));
  }
  if (made.positions_.size() < 2) {
    return Error{ErrorKind::kBadInput, "a line needs at least 2 different positions", {}};
  }
  return made;
}

std::size_t Polyline::edge_at(Metres along) const {
  auto const after = std::upper_bound(start_.begin() + 1, start_.end() - 1, along);
  return static_cast<std::size_t>(after - start_.begin()) - 1;
}

Arrival Polyline::at(Metres along) const {
  if (!(along.count() > 0)) {
    return {positions_.front(), edges_.front().departure};
  }
  if (along >= length()) {
    return {positions_.back(), edges_.back().arrival};
  }
  std::size_t const edge = edge_at(along);
  return travel(positions_[edge], edges_[edge].departure, along - start_[edge]);
}

/// Steps to where the edge is square to the way to the point, each step as if the earth were round
/// (S. Baselga, J. C. Martinez-Llario, "Intersection and point-to-line solutions for geodesics on
/// the ellipsoid", Stud. Geophys. Geod. 62, 2018): the error shrinks a hundredfold a step or more.
Polyline::Foot Polyline::foot(std::size_t edge, Position point) const {
  constexpr int kSteps = 30;
  constexpr double kClose = 1e-6;  // metres; the next step would move far less
  double const length = edges_[edge].length.count();
  // Square below the straight line between its ends is near to where that is.
  double along = share_below(centred_[edge], centred_[edge + 1], earth_centred(point)) * length;
  Metres away{};
  for (int step = 0; step < kSteps; ++step) {
    Arrival const here = travel(positions_[edge], edges_[edge].departure, Metres{along});
    Course const to_point = course(here.position, point);
    away = to_point.length;
    double const angle = away.count() / kMeanRadius;
    double const ahead = std::cos(radians(turn(here.azimuth, to_point.departure)));
    double const move = kMeanRadius * std::atan2(std::sin(angle) * ahead, std::cos(angle));
    double const next = std::clamp(along + move, 0.0, length);
    if (std::abs(next - along) < kClose) {
      break;
    }
    along = next;
  }
  return {edge, Metres{along}, away};
}

Side Polyline::side_of(Foot const& foot, Position point) const {
  if (foot.distance.count() < kSamePlace) {
    return Side::kOn;
  }
  bool const at_start = foot.along.count() < kSamePlace;
  bool const at_end = foot.along.count() > edges_[foot.edge].length.count() - kSamePlace;
  std::size_t const corner = at_end ? foot.edge + 1 : foot.edge;
  if ((at_start || at_end) && corner > 0 && corner < edges_.size()) {
    // What is nearest to a corner lies on its outside.
    Degrees const bend = turn(edges_[corner - 1].arrival, edges_[corner].departure);
    constexpr double kStraight = 1e-9;  // degrees
    if (std::abs(bend.count()) > kStraight) {
      return bend.count() > 0 ? Side::kLeft : Side::kRight;
    }
  }
  Arrival const here = travel(positions_[foot.edge], edges_[foot.edge].departure, foot.along);
  return side_of_turn(turn(here.azimuth, course(here.position, point).departure));
}

Polyline::Foot Polyline::nearest_foot(Position point) const {
  // No place of an edge is nearer than half of what the way round over the point exceeds the edge
  // by, and straight lines through the earth are a cheap way to bound that from below.
  std::array<double, 3> const centre = earth_centred(point);
  std::vector<std::pair<double, std::size_t>> edges;
  edges.reserve(edges_.size());
  double before = chord(centre, centred_.front());
  for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
    double const after = chord(centre, centred_[edge + 1]);
    edges.emplace_back((before + after - edges_[edge].length.count()) / 2, edge);
    before = after;
  }
  std::make_heap(edges.begin(), edges.end(), std::greater{});
  Foot best{0, Metres{0}, Metres{std::numeric_limits<double>::infinity()}};
  while (!edges.empty() && edges.front().first <= best.distance.count()) {
    Foot const found = foot(edges.front().second, point);
    double const gain = best.distance.count() - found.distance.count();
    if (gain > kSamePlace || (gain > -kSamePlace && found.edge < best.edge)) {
      best = found;
    }
    std::pop_heap(edges.begin(), edges.end(), std::greater{});
    edges.pop_back();
  }
  return best;
}

Nearest Polyline::nearest(Position point) const {
  Foot const best = nearest_foot(point);
  return {travel(positions_[best.edge], edges_[best.edge].departure, best.along).position,
          best.distance, start_[best.edge] + best.along, side_of(best, point)};
}

Metres Polyline::distance(Position point) const {
  return nearest_foot(point).distance;
}

model::Line Polyline::stretch(Metres from, Metres to) const {
  model::Line line;
  line.positions.push_back(at(from).position);
  // A position of the line that an end falls on is not said twice.
  Metres const same{kSamePlace};
  auto const first = std::upper_bound(start_.begin(), start_.end(), from + same);
  for (auto it = first; it != start_.end() && *it + same < to; ++it) {
    line.positions.push_back(positions_[static_cast<std::size_t>(it - start_.begin())]);
  }
  line.positions.push_back(at(to).position);
  return line;
}

Metres length(model::Line const& line) {
  Metres sum;
  for (std::size_t i = 1; i < line.positions.size(); ++i) {
    sum += distance(line.positions[i - 1], line.positions[i]);
  }
  return sum;
}

}  // namespace guarantor::geo
