#pragma once

#include "guarantor/model/place.h"

/// From the earth to the paper.
namespace guarantor::report {

/// A place on the paper, in kilometres from the middle of the map: x to the east, y to the south.
struct PaperPoint {
  double x{};
  double y{};
  friend bool operator==(PaperPoint const&, PaperPoint const&) = default;
};

/// Lambert's conformal conic projection of the sphere of radius 6,371.0088 km, true to scale on two
/// parallels (Snyder, Map Projections: A Working Manual, 1987, p. 106). Shapes are kept; between
/// the parallels of a map of Ukraine lengths are true within 1 %, the sphere standing for the
/// ellipsoid included.
class LambertConic {
 public:
  /// True to scale at a sixth of the height from its southern and northern edge, which is the usual
  /// choice.
  /// REQUIRES: latitudes between -80 and 80, both on one side of the equator; `south` < `north`.
  LambertConic(model::Degrees west, model::Degrees south, model::Degrees east,
               model::Degrees north);

  [[nodiscard]] PaperPoint at(model::Position position) const;

  /// The direction of north on the paper at a place, in radians clockwise from upwards.
  [[nodiscard]] double north_at(model::Position position) const;

 private:
  [[nodiscard]] double radius(double latitude) const;

  double middle_{};  ///< longitude, radians
  double cone_{};
  double scale_{};
  double origin_{};  ///< radius of the middle parallel
};

}  // namespace guarantor::report
