#include "guarantor/model/ground_length.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace guarantor::model {
namespace {

// WGS 84 (NIMA TR8350.2): half the equator's diameter, and the flattening.
constexpr double kEquatorialRadius = 6'378'137;
constexpr double kFlattening = 1 / 298.257223563;
constexpr double kEccentricitySquared = kFlattening * (2 - kFlattening);
constexpr double kMeanRadius = kEquatorialRadius * (1 - kFlattening / 3);

struct EarthCentred {
  double x;
  double y;
  double z;
};

EarthCentred earth_centred(Position position) {
  constexpr double kRadians = std::numbers::pi / 180;
  double const latitude = position.latitude.count() * kRadians;
  double const longitude = position.longitude.count() * kRadians;
  double const sine = std::sin(latitude);
  double const normal = kEquatorialRadius / std::sqrt(1 - kEccentricitySquared * sine * sine);
  double const from_axis = normal * std::cos(latitude);
  return {from_axis * std::cos(longitude), from_axis * std::sin(longitude),
          normal * (1 - kEccentricitySquared) * sine};
}

}  // namespace

Metres ground_length(Position from, Position to) {
  EarthCentred const a = earth_centred(from);
  EarthCentred const b = earth_centred(to);
  double const x = a.x - b.x;
  double const y = a.y - b.y;
  double const z = a.z - b.z;
  double const chord = std::sqrt(x * x + y * y + z * z);
  return Metres{2 * kMeanRadius * std::asin(std::min(1.0, chord / (2 * kMeanRadius)))};
}

}  // namespace guarantor::model
