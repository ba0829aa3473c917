#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "guarantor/watch/cylinder_grid.h"

namespace guarantor::watch {

/// Points of a grid compared one by one. Two are near where east² + north² of their difference, in
/// double precision, is at most eps², and their days no farther apart than `days`.
class NearPoints {
 public:
  NearPoints(CylinderGrid const& grid, Nearness nearness);

  /// How many of the points [begin, end) are near a point; it stops counting once it has `enough`.
  [[nodiscard]] std::uint32_t count(std::uint32_t point, std::uint32_t begin, std::uint32_t end,
                                    std::uint32_t enough) const {
    return timed_ ? count_of<true>(point, begin, end, enough)
                  : count_of<false>(point, begin, end, enough);
  }
  /// Whether any of [begin, end) is near a point.
  [[nodiscard]] bool any(std::uint32_t point, std::uint32_t begin, std::uint32_t end) const {
    return count(point, begin, end, 1) > 0;
  }

  struct Range {
    std::uint32_t begin{};
    std::uint32_t end{};
  };
  /// Whether some point of one range is near some point of another. Few points are compared one by
  /// one; many are halved along the longest side of their extent, and halves whose extents lie
  /// apart are left out: for points along a border about O(n), whatever their distance.
  [[nodiscard]] bool any_pair(Range first, Range second) const;

 private:
  template <bool kTimed>
  [[nodiscard]] std::uint32_t count_of(std::uint32_t point, std::uint32_t begin, std::uint32_t end,
                                       std::uint32_t enough) const;
  struct Extent;
  [[nodiscard]] Extent extent_of(std::span<std::uint32_t const> points) const;
  [[nodiscard]] bool any_pair(std::span<std::uint32_t> first, Extent const& around_first,
                              std::span<std::uint32_t> second, Extent const& around_second) const;
  [[nodiscard]] bool are_near(std::uint32_t a, std::uint32_t b) const { return any(a, b, b + 1); }

  double const* east_;
  double const* north_;
  std::int32_t const* day_;
  double eps_;
  double eps_squared_;
  std::int32_t days_;
  bool timed_;
};

template <bool kTimed>
std::uint32_t NearPoints::count_of(std::uint32_t point, std::uint32_t begin, std::uint32_t end,
                                   std::uint32_t enough) const {
  constexpr std::uint32_t kStride = 16;  // compared without a branch
  double const east = east_[point];
  double const north = north_[point];
  std::uint32_t found = 0;
  while (begin < end && found < enough) {
    std::uint32_t const stop = std::min(end, begin + kStride);
    for (; begin < stop; ++begin) {
      double const across = east_[begin] - east;
      double const along = north_[begin] - north;
      bool near = across * across + along * along <= eps_squared_;
      if constexpr (kTimed) {
        near = near && std::abs(day_[begin] - day_[point]) <= days_;
      }
      found += near ? 1U : 0U;
    }
  }
  return found;
}

}  // namespace guarantor::watch
