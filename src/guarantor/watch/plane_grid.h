#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/geo/conic_plane.h"

namespace guarantor::watch {

/// Points of a plane sorted into square boxes, so that those near a point are found without looking
/// at the others. Immutable.
class PlaneGrid {
 public:
  /// O(n log n). REQUIRES: `side` > 0; finite points, fewer than 2^32, whose boxes number less than
  /// 2^31 along either axis.
  PlaneGrid(std::span<geo::PlanePoint const> points, double side);

  struct Box {
    std::int32_t column{};
    std::int32_t row{};
    std::uint32_t begin{};  ///< its points are order()[begin, end)
    std::uint32_t end{};
  };

  /// Boxes that hold a point, by row, then column.
  [[nodiscard]] std::vector<Box> const& boxes() const { return boxes_; }
  /// Indices of points, box after box, within a box in rising order.
  [[nodiscard]] std::vector<std::uint32_t> const& order() const { return order_; }
  /// The boxes of a row with columns in [first, last], as a range of `boxes()`. O(log boxes).
  [[nodiscard]] std::span<Box const> along(std::int32_t row, std::int32_t first,
                                           std::int32_t last) const;
  [[nodiscard]] double side() const { return side_; }

 private:
  double side_;
  std::vector<Box> boxes_;
  std::vector<std::uint32_t> order_;
};

}  // namespace guarantor::watch
