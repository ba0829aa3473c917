#include "guarantor/geo/sphere.h"

#include <s2/s2latlng.h>
#include <s2/s2loop_measures.h>

#include <algorithm>
#include <cmath>

namespace guarantor::geo {

using model::Position;

S2Point on_sphere(Position position) {
  constexpr double kPole = 90;
  constexpr double kAntimeridian = 180;
  double const latitude = position.latitude.count();
  if (std::abs(latitude) == kPole) {
    return {0, 0, std::copysign(1.0, latitude)};
  }
  double const longitude = position.longitude.count();
  return S2LatLng::FromDegrees(latitude, longitude == -kAntimeridian ? kAntimeridian : longitude)
      .ToPoint();
}

Position on_map(S2Point const& point) {
  S2LatLng const place{point};
  return {model::Degrees{place.lng().degrees()}, model::Degrees{place.lat().degrees()}};
}

std::vector<S2Point> loop_of(model::Ring const& ring) {
  std::vector<S2Point> loop;
  loop.reserve(ring.size());
  for (Position const position : ring) {
    S2Point const point = on_sphere(position);
    if (loop.empty() || loop.back() != point) {
      loop.push_back(point);
    }
  }
  while (loop.size() > 1 && loop.back() == loop.front()) {
    loop.pop_back();
  }
  if (!S2::IsNormalized(S2PointLoopSpan{loop})) {
    std::reverse(loop.begin(), loop.end());
  }
  return loop;
}

std::vector<std::vector<S2Point>> loops_of(std::vector<model::Polygon> const& polygons) {
  std::vector<std::vector<S2Point>> loops;
  for (model::Polygon const& polygon : polygons) {
    for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
      loops.push_back(loop_of(polygon.rings[i]));
      if (i > 0) {
        std::reverse(loops.back().begin(), loops.back().end());
      }
    }
  }
  return loops;
}

}  // namespace guarantor::geo
