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
  /// place that is not finite, or points that lie more than 2^31 boxes or 2^30 days apart, or 2^32
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

/// Walks a grid's boxes in rising order and tells what lies around each.
class BoxWalk {
 public:
  /// Boxes [begin, end) side by side in one line.
  struct Window {
    std::uint32_t begin{};
    std::uint32_t end{};
  };
  explicit BoxWalk(CylinderGrid const& grid);

  /// Goes to a box, none below those it was at before. O(1) amortised within a line, O(log boxes)
  /// at the first box of a line.
  void go_to(std::uint32_t box);
  /// All boxes that may hold a point near one of this box, itself among them; the box's own line
  /// first, the nearer lines before the others. Some windows may be empty.
  [[nodiscard]] std::span<Window const> windows() const { return {windows_.data(), used_}; }
  /// Whether a window lies in a later line than the box.
  [[nodiscard]] bool is_later(std::size_t window) const { return offsets_[window] > 0; }

 private:
  void enter_line(std::uint32_t column);

  static constexpr std::size_t kMost = 15;
  CylinderGrid const& grid_;
  std::size_t used_;
  std::uint32_t line_{};
  bool fresh_{true};
  std::array<std::int64_t, kMost> offsets_{};
  std::array<std::uint32_t, kMost> at_line_{};
  std::array<std::uint32_t, kMost> line_end_{};
  std::array<Window, kMost> windows_{};
};

}  // namespace guarantor::watch
