#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/place.h"

namespace guarantor::watch {

/// A thermal anomaly as a satellite reports it: where, and on which day.
struct ThermalFire {
  model::Position place;
  model::Date day;
};

/// A square of 0.1 degrees, the grid on which backgrounds of fires are published. Its centre lies
/// at row / 10 degrees north and column / 10 degrees east.
struct ThermalCell {
  std::int32_t row{};
  std::int32_t column{};

  friend auto operator<=>(ThermalCell, ThermalCell) = default;
};

/// The cell whose centre is nearest, the northern or eastern of two. REQUIRES: a position on the
/// earth.
[[nodiscard]] ThermalCell thermal_cell(model::Position place);

[[nodiscard]] model::Position centre(ThermalCell cell);

/// How many fires a cell had on a day.
struct CellDay {
  model::Date day;
  ThermalCell cell;
  std::int32_t fires{};

  friend auto operator<=>(CellDay const&, CellDay const&) = default;
};

/// The days and cells that had a fire, by day, then cell; the order of the fires does not matter.
/// O(n log n).
[[nodiscard]] std::vector<CellDay> count_by_cell_day(std::span<ThermalFire const> fires);

/// The five-day periods of a year, in which climatologies are kept; 29 February counts as the 28th.
inline constexpr int kPentads = 73;
inline constexpr int kDaysOfPentad = 5;

/// From 0 (1 to 5 January) to 72.
[[nodiscard]] int pentad(model::Date day);

[[nodiscard]] int year_of(model::Date day);

}  // namespace guarantor::watch
