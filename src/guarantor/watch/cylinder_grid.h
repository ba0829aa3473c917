#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "guarantor/geo/conic_plane.h"
#include "guarantor/model/date.h"
#include "guarantor/model/error.h"
#include "guarantor/model/quantity.h"

namespace guarantor::watch {

/// How near is near: within `eps`, and, where `days` is given, also within so many days.
struct Nearness {
  model::Metres eps;
  std::optional<std::chrono::days> days;
};

/// Points in boxes so small that all of one box are near each other: squares of side eps / sqrt(2),
/// where days count times `days + 1` days. Whatever is near a point lies at most two columns, two
/// rows and one slab of days from its box. Boxes stand in order of slab, row and column, and the
/// points of neighbouring columns side by side.
class CylinderGrid {
 public:
  /// O(n) but for sorting by radix. `dates` are read only where `nearness.days` is given, and then
  /// one a point is REQUIRED. Bad input: an eps that is not a number above 0, days below 0, a
  /// place that is not finite, or points that lie more than 2^31 boxes or 2^30 days apart, or 2^29
  /// points and more.
  [[nodiscard]] static model::Result<CylinderGrid> sort(std::span<geo::PlanePoint const> points,
                                                        std::span<model::Date const> dates,
                                                        Nearness nearness);

  struct Box {
    std::uint32_t begin{};  ///< its points begin here and end where the next box begins
    std::uint32_t column{};
  };
  /// The boxes of one row and slab.
  struct Line {
    std::uint64_t place{};  ///< the slab and 1 in the upper half, the row and 2 in the lower
    std::uint32_t first_box{};
  };

  /// Box by box, within a box in rising order of index until `Clusters` moves them.
  std::vector<double> east;
  std::vector<double> north;
  std::vector<std::int32_t> day;      ///< from the first; empty where days do not count
  std::vector<std::uint32_t> number;  ///< the place in what was given

  [[nodiscard]] std::uint32_t box_count() const {
    return static_cast<std::uint32_t>(boxes_.size() - 1);
  }
  [[nodiscard]] std::uint32_t begin(std::uint32_t box) const { return boxes_[box].begin; }
  [[nodiscard]] std::uint32_t end(std::uint32_t box) const { return boxes_[box + 1].begin; }
  /// The boxes, and the lines, each with one more behind the last.
  [[nodiscard]] std::vector<Box> const& boxes() const { return boxes_; }
  [[nodiscard]] std::vector<Line> const& lines() const { return lines_; }

 private:
  void place(std::span<std::uint64_t const> places, std::uint64_t columns, std::uint64_t rows);

  std::vector<Box> boxes_;
  std::vector<Line> lines_;
};

/// Boxes [begin, end) side by side in one line.
struct BoxWindow {
  std::uint32_t begin{};
  std::uint32_t end{};
};

/// Which boxes of a grid lie around each: in each of a few lines those of at most five columns.
class BoxNeighbours {
 public:
  /// Room for all boxes. REQUIRES: the grid outlives it.
  explicit BoxNeighbours(CylinderGrid const& grid);

  /// Finds the neighbours of boxes [begin, end), before which `window` tells nothing. Ranges apart
  /// may be found at once on several threads. O(log boxes) for the first box of a line, O(1)
  /// amortised for the others.
  void find(std::uint32_t begin, std::uint32_t end);

  /// How many windows a box has; some may be empty.
  [[nodiscard]] std::size_t window_count() const { return lines_; }
  /// The first window holds the box itself. All of them hold whatever box may have a point near
  /// one of this box's.
  [[nodiscard]] BoxWindow window(std::uint32_t box, std::size_t which) const {
    std::uint32_t const packed = windows_[box * lines_ + which];
    std::uint32_t const begin = packed >> kCountBits;
    return {begin, begin + (packed & kCountMask)};
  }
  /// Whether a window, not the first, lies in a later line than the box.
  [[nodiscard]] static bool is_later(std::size_t which) { return offset(which) > 0; }

  static constexpr int kCountBits = 3;
  static constexpr std::size_t kMostWindows = 15;

 private:
  static constexpr std::uint32_t kCountMask = (1U << kCountBits) - 1;
  static constexpr std::size_t kLinesOfPlane = 5;
  static constexpr std::int64_t kSlab = std::int64_t{1} << 32;

  /// The nearer lines first.
  [[nodiscard]] static constexpr std::int64_t offset(std::size_t which) {
    constexpr std::array<std::int64_t, kMostWindows> kOffsets{
        0,          1,         -1,        2,         -2,         kSlab,     -kSlab,   kSlab + 1,
        -kSlab - 1, kSlab - 1, 1 - kSlab, kSlab + 2, -kSlab - 2, kSlab - 2, 2 - kSlab};
    return kOffsets[which];
  }

  CylinderGrid const& grid_;
  std::size_t lines_;
  std::vector<std::uint32_t>
      windows_;  ///< by box and line: first box and, in the last bits, how many
};

}  // namespace guarantor::watch
