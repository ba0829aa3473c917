#include "guarantor/geo/conic_plane.h"

#include <GeographicLib/Constants.hpp>
#include <GeographicLib/LambertConformalConic.hpp>
#include <algorithm>

namespace guarantor::geo {
namespace {

constexpr double kShareInside = 6;
/// Beyond it no region this program plans for lies, and a cone would stand on a point.
constexpr double kOutermost = 89;

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
  auto const [west, east] =
      std::ranges::minmax(places, {}, [](model::Position place) { return place.longitude; });
  return {south.latitude, north.latitude,
          model::Degrees{(west.longitude.count() + east.longitude.count()) / 2}};
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

}  // namespace guarantor::geo
