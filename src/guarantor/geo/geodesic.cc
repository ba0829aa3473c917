#include "guarantor/geo/geodesic.h"

#include <GeographicLib/Geocentric.hpp>
#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/Math.hpp>
#include <GeographicLib/PolygonArea.hpp>
#include <cmath>

namespace guarantor::geo {

using model::Degrees;
using model::Position;

namespace {

constexpr double kHalfTurn = 180;

GeographicLib::Geodesic const& earth() {
  return GeographicLib::Geodesic::WGS84();
}

}  // namespace

Course course(Position from, Position to) {
  double length{};
  double departure{};
  double arrival{};
  earth().Inverse(from.latitude.count(), from.longitude.count(), to.latitude.count(),
                  to.longitude.count(), length, departure, arrival);
  return {Metres{length}, normalised(Degrees{departure}), normalised(Degrees{arrival})};
}

Metres distance(Position a, Position b) {
  double length{};
  earth().Inverse(a.latitude.count(), a.longitude.count(), b.latitude.count(), b.longitude.count(),
                  length);
  return Metres{length};
}

Arrival travel(Position from, Degrees azimuth, Metres length) {
  double latitude{};
  double longitude{};
  double forward{};
  earth().Direct(from.latitude.count(), from.longitude.count(), azimuth.count(), length.count(),
                 latitude, longitude, forward);
  return {{normalised(Degrees{longitude}), Degrees{latitude}}, normalised(Degrees{forward})};
}

SquareMetres enclosed_area(model::Ring const& ring) {
  GeographicLib::PolygonArea polygon{earth()};
  for (Position const position : ring) {
    polygon.AddPoint(position.latitude.count(), position.longitude.count());
  }
  double around{};
  double area{};
  // With these two choices one side of the ring is positive and the other is negative.
  polygon.Compute(false, true, around, area);
  return SquareMetres{std::abs(area)};
}

std::array<double, 3> earth_centred(Position position) {
  std::array<double, 3> point{};
  GeographicLib::Geocentric::WGS84().Forward(position.latitude.count(), position.longitude.count(),
                                             0, point[0], point[1], point[2]);
  return point;
}

Degrees normalised(Degrees angle) {
  double const within = GeographicLib::Math::AngNormalize(angle.count());
  return Degrees{within == -kHalfTurn ? kHalfTurn : within};
}

bool is_on_earth(Position position) {
  constexpr double kPole = 90;
  double const longitude = position.longitude.count();
  double const latitude = position.latitude.count();
  return std::abs(longitude) <= kHalfTurn && std::abs(latitude) <= kPole;  // NaN is not
}

}  // namespace guarantor::geo
