#include "guarantor/watch/near_points.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace guarantor::watch {
namespace {

constexpr std::uint32_t kFewPairs = 512;
constexpr std::size_t kLeaf = 8;

}  // namespace

struct NearPoints::Extent {
  double west{std::numeric_limits<double>::infinity()};
  double east{-std::numeric_limits<double>::infinity()};
  double south{std::numeric_limits<double>::infinity()};
  double north{-std::numeric_limits<double>::infinity()};
  std::int32_t first{std::numeric_limits<std::int32_t>::max()};
  std::int32_t last{std::numeric_limits<std::int32_t>::min()};

  /// Squares of the least and the most that points of two extents can lie apart.
  [[nodiscard]] double least_squared(Extent const& other) const {
    double const across = std::max({0.0, other.west - east, west - other.east});
    double const along = std::max({0.0, other.south - north, south - other.north});
    return across * across + along * along;
  }
  [[nodiscard]] double most_squared(Extent const& other) const {
    double const across = std::max(other.east - west, east - other.west);
    double const along = std::max(other.north - south, north - other.south);
    return across * across + along * along;
  }
  [[nodiscard]] std::int32_t least_days(Extent const& other) const {
    return std::max({0, other.first - last, first - other.last});
  }
  [[nodiscard]] std::int32_t most_days(Extent const& other) const {
    return std::max(other.last - first, last - other.first);
  }
};

NearPoints::NearPoints(CylinderGrid const& grid, Nearness nearness)
    : east_{grid.east.data()},
      north_{grid.north.data()},
      day_{grid.day.data()},
      eps_{nearness.eps.count()},
      eps_squared_{nearness.eps.count() * nearness.eps.count()},
      days_{nearness.days ? static_cast<std::int32_t>(nearness.days->count()) : 0},
      timed_{nearness.days.has_value()} {}

bool NearPoints::any_pair(Range first, Range second) const {
  std::uint32_t const in_first = first.end - first.begin;
  std::uint32_t const in_second = second.end - second.begin;
  if (in_first > in_second) {
    std::swap(first, second);
  }
  constexpr std::uint32_t kTried = 8;
  bool const few = std::uint64_t{in_first} * in_second <= kFewPairs;
  // Where a pair is there, a few points mostly find one.
  std::uint32_t const tried = few ? first.end : std::min(first.end, first.begin + kTried);
  std::uint32_t const beside = few ? second.end : std::min(second.end, second.begin + kFewPairs);
  for (std::uint32_t point = first.begin; point < tried; ++point) {
    if (any(point, second.begin, beside)) {
      return true;
    }
  }
  if (few) {
    return false;
  }
  auto const listed = [](Range range) {
    std::vector<std::uint32_t> points(range.end - range.begin);
    for (std::uint32_t& point : points) {
      point = range.begin++;
    }
    return points;
  };
  auto of_first = listed(first);
  auto of_second = listed(second);
  return any_pair(of_first, extent_of(of_first), of_second, extent_of(of_second));
}

NearPoints::Extent NearPoints::extent_of(std::span<std::uint32_t const> points) const {
  Extent extent;
  for (std::uint32_t const point : points) {
    extent.west = std::min(extent.west, east_[point]);
    extent.east = std::max(extent.east, east_[point]);
    extent.south = std::min(extent.south, north_[point]);
    extent.north = std::max(extent.north, north_[point]);
    if (timed_) {
      extent.first = std::min(extent.first, day_[point]);
      extent.last = std::max(extent.last, day_[point]);
    }
  }
  return extent;
}

bool NearPoints::any_pair(std::span<std::uint32_t> first, Extent const& around_first,
                          std::span<std::uint32_t> second, Extent const& around_second) const {
  if (around_first.least_squared(around_second) > eps_squared_ ||
      (timed_ && around_first.least_days(around_second) > days_)) {
    return false;
  }
  if (around_first.most_squared(around_second) <= eps_squared_ &&
      (!timed_ || around_first.most_days(around_second) <= days_)) {
    return true;
  }
  if (first.size() < second.size()) {
    return any_pair(second, around_second, first, around_first);
  }
  if (first.size() <= kLeaf) {
    return std::ranges::any_of(first, [&](std::uint32_t a) {
      return std::ranges::any_of(second, [&](std::uint32_t b) { return are_near(a, b); });
    });
  }
  auto const middle = first.size() / 2;
  auto const halve = [&](auto const* along) {
    std::ranges::nth_element(first, first.begin() + static_cast<std::ptrdiff_t>(middle), {},
                             [along](std::uint32_t point) { return along[point]; });
  };
  double const across = (around_first.east - around_first.west) / eps_;
  double const along = (around_first.north - around_first.south) / eps_;
  if (timed_ && around_first.last - around_first.first > std::max(across, along) * (days_ + 1.0)) {
    halve(day_);
  } else {
    halve(across > along ? east_ : north_);
  }
  auto const low = first.first(middle);
  auto const high = first.subspan(middle);
  return any_pair(low, extent_of(low), second, around_second) ||
         any_pair(high, extent_of(high), second, around_second);
}

}  // namespace guarantor::watch
