#pragma once

#include <array>
#include <memory>
#include <span>

#include "guarantor/model/place.h"

// NOLINTNEXTLINE(readability-identifier-naming): the library's own name
namespace GeographicLib {
class LambertConformalConic;
}

namespace guarantor::geo {

/// A place on a plane, metres east and north of the plane's origin.
struct PlanePoint {
  double east{};
  double north{};

  friend bool operator==(PlanePoint, PlanePoint) = default;
};

/// A plane on which a region's places keep their distances nearly: Lambert's conformal conic on
/// WGS 84, two standard parallels, origin at the middle meridian. Between latitudes 44
/// and 53 the scale is within 0.2 % of true. For searching neighbours among very many places;
/// distances that are shown to people are geodesics.
class ConicPlane {
 public:
  /// The plane for places between two parallels, the standard ones a sixth from either (a rule of
  /// V. V. Kavrayskiy), around a meridian. REQUIRES: -90 < south <= north < 90.
  ConicPlane(model::Degrees south, model::Degrees north, model::Degrees meridian);

  /// The plane for the region these places lie in; one place alone is the origin of its plane. Its
  /// meridian is opposite the widest gap between longitudes, so that a region beside the
  /// antimeridian stays whole. O(n log n).
  [[nodiscard]] static ConicPlane around(std::span<model::Position const> places);

  /// About 0.2 microseconds.
  [[nodiscard]] PlanePoint at(model::Position place) const;

  /// Metres of the plane to a metre of the earth at a place, in every direction; far from 1 beyond
  /// the region the plane is for, and at poles.
  [[nodiscard]] double scale_at(model::Position place) const;

  [[nodiscard]] std::array<double, 2> standard_parallels() const { return parallels_; }
  [[nodiscard]] double meridian() const { return meridian_; }
  /// The latitude of the plane's origin, where its scale is smallest.
  [[nodiscard]] double origin_latitude() const;

 private:
  std::array<double, 2> parallels_;
  double meridian_;
  std::shared_ptr<GeographicLib::LambertConformalConic const> cone_;
};

}  // namespace guarantor::geo
