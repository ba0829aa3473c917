#include "guarantor/geo/isochrone.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>

#include "guarantor/geo/contour.h"
#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {

using model::Degrees;
using model::Error;
using model::ErrorKind;
using model::Hours;
using model::Position;
using model::Result;

namespace {

constexpr double kMetresPerDegree = 111'194.9;  // of a round earth of the mean radius

Error bad(std::string message) {
  return {ErrorKind::kBadInput, std::move(message), {}};
}

std::optional<Error> wrong_point(ReachedPoint const& point) {
  constexpr double kFarthestNorth = 80;
  if (!is_on_earth(point.place) || std::abs(point.place.latitude.count()) > kFarthestNorth) {
    return bad(fmt::format("the place {}, {} is not on the earth, or beyond {} degrees of latitude",
                           point.place.longitude.count(), point.place.latitude.count(),
                           kFarthestNorth));
  }
  if (!std::isfinite(point.time.count())) {
    return bad("a place is reached at a time that is not a number");
  }
  return std::nullopt;
}

std::optional<Error> wrong_request(IsochroneRequest const& request) {
  constexpr double kFinest = 10;
  constexpr double kCoarsest = 100'000;
  constexpr double kFarthest = 500'000;
  double const grid = request.grid.count();
  double const beside = request.beside.count();
  if (!(grid >= kFinest && grid <= kCoarsest)) {
    return bad(fmt::format("a grid of {} m is not between 10 m and 100 km", grid));
  }
  if (!(beside >= grid && beside <= kFarthest)) {
    return bad(
        fmt::format("{} m beside the way is not between the grid's {} m and 500 km", beside, grid));
  }
  if (!(request.beside_time.count() >= 0) || !std::isfinite(request.beside_time.count())) {
    return bad("the time to go beside the way is negative or not a number");
  }
  for (Hours const limit : request.limits) {
    if (!std::isfinite(limit.count())) {
      return bad("a limit is not a number");
    }
  }
  for (ReachedPoint const& point : request.points) {
    if (auto error = wrong_point(point)) {
      return error;
    }
  }
  for (ReachedStretch const& stretch : request.stretches) {
    for (ReachedPoint const& end : {stretch.from, stretch.to}) {
      if (auto error = wrong_point(end)) {
        return error;
      }
    }
  }
  return std::nullopt;
}

/// A place reached, in degrees from the first place, so that the antimeridian is no border.
struct Sample {
  double east;
  double north;
  double hours;
};

class Samples {
 public:
  explicit Samples(IsochroneRequest const& request) : grid_{request.grid.count()} {
    bool const any_point = !request.points.empty();
    if (any_point || !request.stretches.empty()) {
      origin_ = (any_point ? request.points.front() : request.stretches.front().from).place;
    }
    for (ReachedPoint const& point : request.points) {
      add(point.place, point.time.count());
    }
    for (ReachedStretch const& stretch : request.stretches) {
      add_stretch(stretch);
    }
  }

  [[nodiscard]] std::vector<Sample> const& all() const { return samples_; }
  [[nodiscard]] double origin() const { return origin_.longitude.count(); }

 private:
  void add(Position place, double hours) {
    samples_.push_back(
        {normalised(place.longitude - origin_.longitude).count(), place.latitude.count(), hours});
  }

  void add_stretch(ReachedStretch const& stretch) {
    Course const way = course(stretch.from.place, stretch.to.place);
    double const pieces = std::max(1.0, std::ceil(2 * way.length.count() / grid_));
    double const start = stretch.from.time.count();
    double const span = stretch.to.time.count() - start;
    for (double i = 0; i < pieces; ++i) {
      double const share = i / pieces;
      add(travel(stretch.from.place, way.departure, way.length * share).position,
          start + span * share);
    }
    add(stretch.to.place, stretch.to.time.count());
  }

  double grid_;
  Position origin_;
  std::vector<Sample> samples_;
};

/// The grid over all samples, its places at whole multiples of a step from where degrees count.
class Grid {
 public:
  [[nodiscard]] static Result<Grid> over(IsochroneRequest const& request, Samples const& samples) {
    double west = std::numeric_limits<double>::infinity();
    double east = -west;
    double south = west;
    double north = -west;
    for (Sample const& sample : samples.all()) {
      west = std::min(west, sample.east);
      east = std::max(east, sample.east);
      south = std::min(south, sample.north);
      north = std::max(north, sample.north);
    }
    constexpr double kWidest = 170;
    if (east - west > kWidest) {
      return bad(fmt::format("places lie more than {} degrees of longitude apart", kWidest));
    }
    Grid grid;
    grid.origin_ = samples.origin();
    grid.south_step_ = request.grid.count() / kMetresPerDegree;
    grid.east_step_ = grid.south_step_ / narrowing((south + north) / 2);
    double const high = request.beside.count() / kMetresPerDegree;
    double const wide = high / narrowing(std::max(std::abs(south), std::abs(north)) + high);
    constexpr double kMargin = 3;
    // Whole steps from longitude 0, so that the first place does not move the grid.
    grid.west_ =
        std::floor((west - wide + grid.origin_) / grid.east_step_ - kMargin) * grid.east_step_ -
        grid.origin_;
    grid.south_ = std::floor((south - high) / grid.south_step_ - kMargin) * grid.south_step_;
    double const columns = std::ceil((east + wide - grid.west_) / grid.east_step_) + kMargin;
    double const rows = std::ceil((north + high - grid.south_) / grid.south_step_) + kMargin;
    constexpr double kMostPlaces = 50e6;
    if (columns * rows > kMostPlaces) {
      return Error{ErrorKind::kLimit,
                   fmt::format("a grid of {} m takes more than 50 million places here",
                               request.grid.count()),
                   "choose a coarser grid"};
    }
    grid.columns_ = static_cast<std::size_t>(columns);
    grid.rows_ = static_cast<std::size_t>(rows);
    return grid;
  }

  /// How far each grid place lies within the discs of a limit, in metres; negative outside.
  [[nodiscard]] Field depth(IsochroneRequest const& request, Samples const& samples,
                            Hours limit) const {
    double const nowhere = -request.grid.count();
    Field field{columns_, rows_, std::vector<double>(columns_ * rows_, nowhere)};
    for (Sample const& sample : samples.all()) {
      double const left = limit.count() - sample.hours;
      if (left >= 0) {
        double const share = request.beside_time.count() > 0
                                 ? std::min(1.0, left / request.beside_time.count())
                                 : 1.0;
        stamp(field, sample, request.beside.count() * share, request.grid.count());
      }
    }
    return field;
  }

  [[nodiscard]] Position position(GridPlace place) const {
    constexpr double kPerDegree = 1e7;
    auto const round = [](double degrees) {
      return Degrees{std::round(degrees * kPerDegree) / kPerDegree};
    };
    double const east = west_ + place.column * east_step_ + origin_;
    return {round(normalised(Degrees{east}).count()), round(south_ + place.row * south_step_)};
  }

 private:
  Grid() = default;

  static double narrowing(double latitude) { return std::cos(latitude * std::numbers::pi / 180); }

  void stamp(Field& field, Sample const& sample, double radius, double margin) const {
    double const reach = radius + margin;
    double const east_metres = kMetresPerDegree * narrowing(sample.north);
    auto const bounds = [](double from, double to, std::size_t count) {
      auto const last = static_cast<double>(count - 1);
      return std::pair{static_cast<std::size_t>(std::clamp(std::ceil(from), 0.0, last)),
                       static_cast<std::size_t>(std::clamp(std::floor(to), 0.0, last))};
    };
    double const column = (sample.east - west_) / east_step_;
    double const row = (sample.north - south_) / south_step_;
    double const half_width = reach / (east_metres * east_step_);
    double const half_height = reach / (kMetresPerDegree * south_step_);
    auto const [c0, c1] = bounds(column - half_width, column + half_width, columns_);
    auto const [r0, r1] = bounds(row - half_height, row + half_height, rows_);
    for (std::size_t r = r0; r <= r1; ++r) {
      double const y = (static_cast<double>(r) - row) * south_step_ * kMetresPerDegree;
      for (std::size_t c = c0; c <= c1; ++c) {
        double const x = (static_cast<double>(c) - column) * east_step_ * east_metres;
        double& depth = field.depth[r * columns_ + c];
        depth = std::max(depth, radius - std::sqrt(x * x + y * y));
      }
    }
  }

  double origin_{};
  double west_{};
  double south_{};
  double east_step_{};
  double south_step_{};
  std::size_t columns_{};
  std::size_t rows_{};
};

std::vector<model::Polygon> polygons_of(std::vector<Outline> const& found, Grid const& grid) {
  std::vector<model::Polygon> polygons;
  for (Outline const& outline : found) {
    model::Polygon& polygon = polygons.emplace_back();
    for (auto const& places : outline.rings) {
      model::Ring& ring = polygon.rings.emplace_back();
      ring.reserve(places.size() + 1);
      for (GridPlace const place : places) {
        ring.push_back(grid.position(place));
      }
      ring.push_back(ring.front());
    }
  }
  return polygons;
}

}  // namespace

Result<std::vector<Isochrone>> isochrones(IsochroneRequest const& request,
                                          model::RunControl const& control) {
  if (auto error = wrong_request(request)) {
    return *error;
  }
  std::vector<Isochrone> found;
  Samples const samples{request};
  if (samples.all().empty()) {
    for (Hours const limit : request.limits) {
      found.push_back({limit, {}});
    }
    return found;
  }
  auto const grid = Grid::over(request, samples);
  if (!grid) {
    return grid.error();
  }
  for (Hours const limit : request.limits) {
    if (control.must_stop()) {
      return Error{ErrorKind::kLimit, "stopped before all isochrones were drawn", {}};
    }
    Field const field = grid.value().depth(request, samples, limit);
    found.push_back({limit, polygons_of(outlines(field), grid.value())});
    control.report(
        {"isochrones", std::nullopt, std::nullopt,
         static_cast<double>(found.size()) / static_cast<double>(request.limits.size())});
  }
  return found;
}

}  // namespace guarantor::geo
