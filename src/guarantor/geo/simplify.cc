#include "guarantor/geo/simplify.h"

#include <s2/s2edge_distances.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "guarantor/geo/sphere.h"

namespace guarantor::geo {
namespace {

/// Marks the positions between two kept ones that must be kept too.
void mark(std::vector<S2Point> const& points, std::size_t first, std::size_t last, double tolerance,
          std::vector<bool>& keep) {
  std::vector<std::pair<std::size_t, std::size_t>> open{{first, last}};
  while (!open.empty()) {
    auto const [from, to] = open.back();
    open.pop_back();
    double farthest = tolerance;
    std::size_t split = from;
    for (std::size_t i = from + 1; i < to; ++i) {
      double const away = S2::GetDistance(points[i], points[from], points[to]).radians();
      if (away > farthest) {
        farthest = away;
        split = i;
      }
    }
    if (split != from) {
      keep[split] = true;
      open.emplace_back(from, split);
      open.emplace_back(split, to);
    }
  }
}

std::vector<S2Point> points_of(std::vector<model::Position> const& positions) {
  std::vector<S2Point> points;
  points.reserve(positions.size());
  for (model::Position const position : positions) {
    points.push_back(on_sphere(position));
  }
  return points;
}

std::vector<model::Position> kept(std::vector<model::Position> const& positions,
                                  std::vector<bool> const& keep) {
  std::vector<model::Position> left;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (keep[i]) {
      left.push_back(positions[i]);
    }
  }
  return left;
}

/// A ring is cut in two at its first position and the one farthest from it.
model::Ring simplified_ring(model::Ring const& ring, double tolerance) {
  constexpr std::size_t kFewest = 4;
  std::vector<S2Point> const points = points_of(ring);
  auto const nearer = [&](S2Point const& a, S2Point const& b) {
    return (a - points.front()).Norm2() < (b - points.front()).Norm2();
  };
  auto const far = static_cast<std::size_t>(std::max_element(points.begin(), points.end(), nearer) -
                                            points.begin());
  std::vector<bool> keep(ring.size(), false);
  keep.front() = keep.back() = keep[far] = true;
  mark(points, 0, far, tolerance, keep);
  mark(points, far, ring.size() - 1, tolerance, keep);
  model::Ring left = kept(ring, keep);
  return left.size() < kFewest ? ring : left;
}

}  // namespace

model::Line simplified(model::Line const& line, Metres tolerance) {
  if (line.positions.size() < 3) {
    return line;
  }
  std::vector<bool> keep(line.positions.size(), false);
  keep.front() = keep.back() = true;
  mark(points_of(line.positions), 0, line.positions.size() - 1,
       tolerance.count() / kMeanEarthRadius, keep);
  return {kept(line.positions, keep)};
}

ValidArea simplified(ValidArea const& area, Metres tolerance) {
  constexpr int kTries = 20;
  double angle = tolerance.count() / kMeanEarthRadius;
  for (int attempt = 0; attempt < kTries; ++attempt, angle /= 2) {
    std::vector<model::Polygon> polygons = area.polygons();
    for (model::Polygon& polygon : polygons) {
      for (model::Ring& ring : polygon.rings) {
        ring = simplified_ring(ring, angle);
      }
    }
    if (auto sound = ValidArea::from(area.id(), std::move(polygons))) {
      return std::move(sound).value();
    }
  }
  return area;
}

}  // namespace guarantor::geo
