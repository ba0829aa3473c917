#include "guarantor/watch/plane_grid.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace guarantor::watch {

PlaneGrid::PlaneGrid(std::span<geo::PlanePoint const> points, double side) : side_{side} {
  auto const cell = [side](double metres) {
    return static_cast<std::int32_t>(std::floor(metres / side));
  };
  struct Placed {
    std::int32_t row;
    std::int32_t column;
    std::uint32_t point;
    auto operator<=>(Placed const&) const = default;
  };
  std::vector<Placed> placed;
  placed.reserve(points.size());
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    placed.push_back({cell(points[i].north), cell(points[i].east), i});
  }
  std::ranges::sort(placed);
  order_.reserve(placed.size());
  for (Placed const& next : placed) {
    if (boxes_.empty() || boxes_.back().row != next.row || boxes_.back().column != next.column) {
      auto const at = static_cast<std::uint32_t>(order_.size());
      boxes_.push_back({.column = next.column, .row = next.row, .begin = at, .end = at});
    }
    order_.push_back(next.point);
    boxes_.back().end = static_cast<std::uint32_t>(order_.size());
  }
}

std::span<PlaneGrid::Box const> PlaneGrid::along(std::int32_t row, std::int32_t first,
                                                 std::int32_t last) const {
  auto const before = [](Box const& box, std::pair<std::int32_t, std::int32_t> place) {
    return std::pair{box.row, box.column} < place;
  };
  auto const begin = std::lower_bound(boxes_.begin(), boxes_.end(), std::pair{row, first}, before);
  auto const end = std::lower_bound(begin, boxes_.end(), std::pair{row, last + 1}, before);
  return {begin, end};
}

}  // namespace guarantor::watch
