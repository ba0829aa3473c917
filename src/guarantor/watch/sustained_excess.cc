#include "guarantor/watch/sustained_excess.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <utility>

#include "guarantor/geo/geodesic.h"

namespace guarantor::watch {
namespace {

constexpr double kShortestDegree = 110'000;  ///< metres; of latitude, a little less than any
constexpr double kCellsPerDegree = 10;

}  // namespace

bool has_gap(std::span<model::Date const> days, int least, int most) {
  // For each later day, the latest earlier day that is far enough away is the nearest of those.
  std::size_t earlier = 0;
  for (model::Date const later : days) {
    while (later - days[earlier] >= std::chrono::days{least}) {
      if (later - days[earlier] <= std::chrono::days{most}) {
        return true;
      }
      ++earlier;
    }
  }
  return false;
}

CellsAround::CellsAround(std::vector<ThermalCell> cells, model::Metres reach)
    : cells_{std::move(cells)}, reach_{reach} {
  std::ranges::sort(cells_);
}

bool CellsAround::holds(ThermalCell cell) const {
  auto const rows =
      static_cast<std::int32_t>(std::ceil(reach_.count() / kShortestDegree * kCellsPerDegree));
  model::Position const here = centre(cell);
  double const latitude =
      std::min(89.0, std::abs(here.latitude.count()) + (rows / kCellsPerDegree));
  double const shrinking = std::cos(latitude * std::numbers::pi / 180);
  auto const columns = static_cast<std::int32_t>(std::ceil(rows / shrinking));
  for (std::int32_t row = cell.row - rows; row <= cell.row + rows; ++row) {
    auto next =
        std::ranges::lower_bound(cells_, ThermalCell{.row = row, .column = cell.column - columns});
    for (; next != cells_.end() && next->row == row && next->column <= cell.column + columns;
         ++next) {
      if (geo::distance(here, centre(*next)) < reach_) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace guarantor::watch
