#pragma once

#include <string>
#include <vector>

#include "guarantor/model/place.h"
#include "guarantor/report/map_projection.h"

/// What part of the earth a map shows, and how shapes are cut to it.
namespace guarantor::report {

using PaperLine = std::vector<PaperPoint>;

/// A rectangle on the paper.
struct PaperBox {
  double left{};
  double top{};
  double right{};
  double bottom{};

  [[nodiscard]] bool holds(PaperPoint point) const {
    return point.x >= left && point.x <= right && point.y >= top && point.y <= bottom;
  }
  [[nodiscard]] bool holds(PaperBox const& other) const {
    return other.left >= left && other.right <= right && other.top >= top && other.bottom <= bottom;
  }
  [[nodiscard]] bool overlaps(PaperBox const& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
  [[nodiscard]] PaperBox grown(double by) const {
    return {left - by, top - by, right + by, bottom + by};
  }
  [[nodiscard]] PaperPoint middle() const { return {(left + right) / 2, (top + bottom) / 2}; }
};

/// The paper, 1000 units wide, and where on it everything lies.
class MapFrame {
 public:
  static constexpr double kWidth = 1000;

  /// Shows these positions with a margin, between 0.66 and 1.02 as high as wide. Positions that lie
  /// more than three times as far from the middle as half of them do are left outside.
  /// REQUIRES: at least one position.
  [[nodiscard]] static MapFrame around(std::vector<model::Position> const& positions);

  [[nodiscard]] double height() const { return height_; }
  [[nodiscard]] PaperBox box() const { return {0, 0, kWidth, height_}; }
  [[nodiscard]] double units_per_km() const { return scale_; }
  [[nodiscard]] PaperPoint at(model::Position position) const;
  [[nodiscard]] PaperLine line(std::vector<model::Position> const& positions) const;
  /// As `LambertConic::north_at`.
  [[nodiscard]] double north_at(model::Position position) const;

 private:
  explicit MapFrame(LambertConic projection) : projection_{projection} {}

  LambertConic projection_;
  double scale_{1};
  double left_{};
  double top_{};
  double height_{};
};

/// The pieces of a line within a box, by Liang and Barsky's rule. O(n).
[[nodiscard]] std::vector<PaperLine> cut_line(PaperLine const& line, PaperBox const& box);

/// The part of an outline within a box, along whose edge it closes, by Sutherland and Hodgman's
/// rule; empty where nothing is. First and last point of `ring` may be the same. O(n).
[[nodiscard]] PaperLine cut_ring(PaperLine const& ring, PaperBox const& box);

/// The points as data of an SVG path, steps shorter than a tenth of a millimetre left out.
[[nodiscard]] std::string path_data(PaperLine const& points, bool closed);

}  // namespace guarantor::report
