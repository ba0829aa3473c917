#include "guarantor/report/map_projection.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace guarantor::report {
namespace {

constexpr double kEarth = 6371.0088;
constexpr double kMostNorth = 89;

double radians(model::Degrees degrees) {
  return degrees.count() * std::numbers::pi / 180;
}

double half_tangent(double latitude) {
  return std::tan(std::numbers::pi / 4 + latitude / 2);
}

}  // namespace

LambertConic::LambertConic(model::Degrees west, model::Degrees south, model::Degrees east,
                           model::Degrees north)
    : middle_{(radians(west) + radians(east)) / 2} {
  constexpr double kSixth = 1.0 / 6;
  double const height = radians(north) - radians(south);
  double const first = radians(south) + height * kSixth;
  double const second = radians(north) - height * kSixth;
  cone_ = second - first < 1e-6 ? std::sin(first)
                                : std::log(std::cos(first) / std::cos(second)) /
                                      std::log(half_tangent(second) / half_tangent(first));
  scale_ = kEarth * std::cos(first) * std::pow(half_tangent(first), cone_) / cone_;
  origin_ = radius((radians(south) + radians(north)) / 2);
}

double LambertConic::radius(double latitude) const {
  return scale_ / std::pow(half_tangent(latitude), cone_);
}

PaperPoint LambertConic::at(model::Position position) const {
  double const latitude = std::clamp(position.latitude.count(), -kMostNorth, kMostNorth);
  double const far = radius(radians(model::Degrees{latitude}));
  double const turn = cone_ * (radians(position.longitude) - middle_);
  return {far * std::sin(turn), far * std::cos(turn) - origin_};
}

double LambertConic::north_at(model::Position position) const {
  return -cone_ * (radians(position.longitude) - middle_);
}

}  // namespace guarantor::report
