#include "guarantor/geo/conic_plane.h"

#include <GeographicLib/Constants.hpp>
#include <GeographicLib/LambertConformalConic.hpp>
#include <algorithm>
#include <vector>

#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {
namespace {

constexpr double kShareInside = 6;
/// Beyond it no region this program plans for lies, and a cone would stand on a point.
constexpr double kOutermost = 89;
constexpr double kCircle = 360;

/// The middle of the narrowest span of longitudes that holds all places: opposite the widest gap
/// between neighbours, since a plane is cut there and no two places close together may lie on
/// either side of the cut. REQUIRES: at least one place.
double middle_meridian(std::span<model::Position const> places) {
  std::vector<double> longitudes;
  longitudes.reserve(places.size());
  for (model::Position const place : places) {
    longitudes.push_back(normalised(place.longitude).count());
  }
  std::ranges::sort(longitudes);
  double west = longitudes.front();
  double east = longitudes.back();
  double widest = west + kCircle - east;  // the gap at the antimeridian
  for (std::size_t i = 1; i < longitudes.size(); ++i) {
    if (double const gap = longitudes[i] - longitudes[i - 1]; gap > widest) {
      widest = gap;
      west = longitudes[i];
      east = longitudes[i - 1] + kCircle;
    }
  }
  return normalised(model::Degrees{(west + east) / 2}).count();
}

}  // namespace

ConicPlane::ConicPlane(model::Degrees south, model::Degrees north, model::Degrees meridian)
    : meridian_{meridian.count()} {
  double const low = std::clamp(south.count(), -kOutermost, kOutermost);
  double const high = std::clamp(north.count(), low, kOutermost);
  double const inset = (high - low) / kShareInside;
  parallels_ = {low + inset, high - inset};
  cone_ = std::make_shared<GeographicLib::LambertConformalConic const>(
      GeographicLib::Constants::WGS84_a(), GeographicLib::Constants::WGS84_f(), parallels_[0],
      parallels_[1], 1.0);
}

ConicPlane ConicPlane::around(std::span<model::Position const> places) {
  if (places.empty()) {
    return {model::Degrees{0}, model::Degrees{0}, model::Degrees{0}};
  }
  auto const [south, north] =
      std::ranges::minmax(places, {}, [](model::Position place) { return place.latitude; });
  return {south.latitude, north.latitude, model::Degrees{middle_meridian(places)}};
}

double ConicPlane::origin_latitude() const {
  return cone_->OriginLatitude();
}

PlanePoint ConicPlane::at(model::Position place) const {
  PlanePoint point;
  cone_->Forward(meridian_, place.latitude.count(), place.longitude.count(), point.east,
                 point.north);
  return point;
}

double ConicPlane::scale_at(model::Position place) const {
  PlanePoint point;
  double convergence = 0;
  double scale = 0;
  cone_->Forward(meridian_, place.latitude.count(), place.longitude.count(), point.east,
                 point.north, convergence, scale);
  return scale;
}

}  // namespace guarantor::geo
