#include "guarantor/watch/thermal_climate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace guarantor::watch {
namespace {

// A box laid twice over a field weighs what is near more than what is far.
constexpr int kNearReach = 1;
constexpr int kWideRows = 3;
constexpr int kWideColumns = 5;
constexpr int kPasses = 2;
constexpr std::int32_t kMargin = kPasses * kWideColumns;
constexpr std::size_t kMostCells = 250'000;

/// Where the values of a line stand in a field.
struct Lines {
  std::size_t length{};
  std::size_t stride{};
};

/// Replaces each value of the line by the mean of those up to `reach` away; beyond the ends there
/// is nothing, or in a circle the other end.
void average(std::vector<float>& field, std::size_t begin, Lines line, int reach, bool circle,
             std::vector<double>& sums) {
  auto const length = static_cast<int>(line.length);
  int const padding = circle ? reach : 0;
  sums.assign(1, 0);
  for (int i = -padding; i < length + padding; ++i) {
    auto const at = static_cast<std::size_t>((i + length) % length);
    sums.push_back(sums.back() + static_cast<double>(field[begin + (at * line.stride)]));
  }
  double const width = (2 * reach) + 1;
  for (int i = 0; i < length; ++i) {
    int const from = std::max(0, i - reach + padding);
    int const to = std::min(length + (2 * padding), i + reach + 1 + padding);
    double const mean =
        (sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)]) / width;
    field[begin + (static_cast<std::size_t>(i) * line.stride)] =
        static_cast<float>(std::max(mean, 0.0));
  }
}

void smooth_season(std::vector<float>& field, std::size_t cells) {
  std::vector<double> sums;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    average(field, cell, {.length = kPentads, .stride = cells}, ThermalClimate::kSeasonReach, true,
            sums);
  }
}

std::vector<float> smoothed(std::vector<float> field, ThermalFrame const& frame, int row_reach,
                            int column_reach) {
  std::vector<double> sums;
  for (std::size_t plane = 0; plane < field.size(); plane += frame.cells()) {
    for (int pass = 0; pass < kPasses; ++pass) {
      for (std::size_t row = 0; row < frame.rows(); ++row) {
        average(field, plane + (row * frame.columns()), {.length = frame.columns(), .stride = 1},
                column_reach, false, sums);
      }
      for (std::size_t column = 0; column < frame.columns(); ++column) {
        average(field, plane + column, {.length = frame.rows(), .stride = frame.columns()},
                row_reach, false, sums);
      }
    }
  }
  return field;
}

std::vector<double> totals(std::vector<float> const& field, std::size_t cells) {
  std::vector<double> sums;
  for (std::size_t plane = 0; plane < field.size(); plane += cells) {
    auto const begin = field.begin() + static_cast<std::ptrdiff_t>(plane);
    sums.push_back(std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(cells), 0.0));
  }
  return sums;
}

}  // namespace

model::Result<ThermalFrame> ThermalFrame::around(std::span<CellDay const> days) {
  ThermalFrame frame;
  if (days.empty()) {
    return frame;
  }
  ThermalCell least = days.front().cell;
  ThermalCell most = least;
  for (CellDay const& day : days) {
    least = {.row = std::min(least.row, day.cell.row),
             .column = std::min(least.column, day.cell.column)};
    most = {.row = std::max(most.row, day.cell.row),
            .column = std::max(most.column, day.cell.column)};
  }
  frame.least_ = {.row = least.row - kMargin, .column = least.column - kMargin};
  constexpr std::int64_t kBothMargins = std::int64_t{2} * kMargin;
  frame.rows_ = static_cast<std::size_t>(std::int64_t{most.row} - least.row + 1 + kBothMargins);
  frame.columns_ =
      static_cast<std::size_t>(std::int64_t{most.column} - least.column + 1 + kBothMargins);
  if (frame.cells() > kMostCells) {
    return model::Error{
        model::ErrorKind::kLimit,
        fmt::format("fires over {} x {} cells of 0.1 degrees are more than a background is kept "
                    "for ({} cells)",
                    frame.rows_, frame.columns_, kMostCells),
        "give the fires of one country or region"};
  }
  return frame;
}

std::optional<std::size_t> ThermalFrame::number(ThermalCell cell) const {
  auto const row = std::int64_t{cell.row} - least_.row;
  auto const column = std::int64_t{cell.column} - least_.column;
  if (row < 0 || column < 0 || row >= static_cast<std::int64_t>(rows_) ||
      column >= static_cast<std::int64_t>(columns_)) {
    return std::nullopt;
  }
  return (static_cast<std::size_t>(row) * columns_) + static_cast<std::size_t>(column);
}

ThermalCell ThermalFrame::cell(std::size_t number) const {
  return {.row = least_.row + static_cast<std::int32_t>(number / columns_),
          .column = least_.column + static_cast<std::int32_t>(number % columns_)};
}

ThermalClimate::ThermalClimate(ThermalFrame const& frame, std::span<CellDay const> days,
                               std::span<int const> years)
    : frame_{frame} {
  std::size_t const cells = frame.cells();
  std::vector<float> count(kPentads * cells);
  std::vector<float> share(kPentads * cells);
  for (CellDay const& day : days) {
    auto const cell = frame.number(day.cell);
    if (cell && std::ranges::find(years, year_of(day.day)) != years.end()) {
      std::size_t const at = (static_cast<std::size_t>(pentad(day.day)) * cells) + *cell;
      count[at] += static_cast<float>(day.fires);
      share[at] += 1;
    }
  }
  // Whole numbers until here, so that the order in which they were added leaves no trace.
  auto const observed = static_cast<float>(kDaysOfPentad * years.size());
  yearly_count_.resize(cells);
  for (std::size_t at = 0; at < count.size(); ++at) {
    yearly_count_[at % cells] += count[at] / (observed * kPentads);
    count[at] /= observed;
    share[at] /= observed;
  }
  smooth_season(count, cells);
  smooth_season(share, cells);
  burning_cells_ = totals(share, cells);
  fires_ = totals(count, cells);
  near_count_ = smoothed(count, frame, kNearReach, kNearReach);
  wide_count_ = smoothed(std::move(count), frame, kWideRows, kWideColumns);
  near_share_ = smoothed(share, frame, kNearReach, kNearReach);
  wide_share_ = smoothed(std::move(share), frame, kWideRows, kWideColumns);
}

ClimateValue ThermalClimate::at(ThermalCell cell, int pentad) const {
  auto const number = frame_.number(cell);
  if (!number) {
    return {};
  }
  std::size_t const at = (static_cast<std::size_t>(pentad) * frame_.cells()) + *number;
  return {.near_count = near_count_[at],
          .wide_count = wide_count_[at],
          .near_share = near_share_[at],
          .wide_share = wide_share_[at],
          .yearly_count = yearly_count_[*number]};
}

double ThermalClimate::burning_cells(int pentad) const {
  return burning_cells_[static_cast<std::size_t>(pentad)];
}

double ThermalClimate::fires(int pentad) const {
  return fires_[static_cast<std::size_t>(pentad)];
}

}  // namespace guarantor::watch
