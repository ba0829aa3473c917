#include "guarantor/watch/thermal_grid.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace guarantor::watch {
namespace {

constexpr double kCellsPerDegree = 10;

std::int32_t nearest(model::Degrees degrees) {
  return static_cast<std::int32_t>(std::floor((degrees.count() * kCellsPerDegree) + 0.5));
}

}  // namespace

ThermalCell thermal_cell(model::Position place) {
  return {.row = nearest(place.latitude), .column = nearest(place.longitude)};
}

model::Position centre(ThermalCell cell) {
  return {.longitude = model::Degrees{cell.column / kCellsPerDegree},
          .latitude = model::Degrees{cell.row / kCellsPerDegree}};
}

std::vector<CellDay> count_by_cell_day(std::span<ThermalFire const> fires) {
  std::vector<CellDay> all;
  all.reserve(fires.size());
  for (ThermalFire const& fire : fires) {
    all.push_back({.day = fire.day, .cell = thermal_cell(fire.place), .fires = 1});
  }
  std::ranges::sort(all);
  std::size_t kept = 0;
  for (CellDay const& next : all) {
    if (kept > 0 && all[kept - 1].day == next.day && all[kept - 1].cell == next.cell) {
      ++all[kept - 1].fires;
    } else {
      all[kept++] = next;
    }
  }
  all.resize(kept);
  return all;
}

int year_of(model::Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

int pentad(model::Date day) {
  std::chrono::year_month_day const date{day};
  auto const first = model::Date{date.year() / std::chrono::January / 1};
  auto of_year = static_cast<int>((day - first).count());
  auto const leap_day = 59;  // 29 February, counted from 0
  if (date.year().is_leap() && of_year >= leap_day) {
    --of_year;
  }
  return of_year / kDaysOfPentad;
}

}  // namespace guarantor::watch
