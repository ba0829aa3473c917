#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/watch/thermal_grid.h"

namespace guarantor::watch {

/// The cells that a climate is kept for: a rectangle around all fires, with room for what is
/// smoothed beyond them.
class ThermalFrame {
 public:
  ThermalFrame() = default;
  /// Around the cells of these days. Error kLimit where it would be too large to keep (a country
  /// or a region fits, a continent does not).
  [[nodiscard]] static model::Result<ThermalFrame> around(std::span<CellDay const> days);

  [[nodiscard]] std::size_t cells() const { return rows_ * columns_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  /// The cell's number, row after row from the south-west, or nothing where it lies outside.
  [[nodiscard]] std::optional<std::size_t> number(ThermalCell cell) const;
  [[nodiscard]] ThermalCell cell(std::size_t number) const;

 private:
  ThermalCell least_{};
  std::size_t rows_{};
  std::size_t columns_{};
};

/// What is usual in a cell at a time of the year. Counts are fires a day; a share is of the days
/// that had any.
struct ClimateValue {
  double near_count{};  ///< weighted over the cells up to 2 away
  double wide_count{};  ///< up to 6 rows and 10 columns away, about 70 km
  double near_share{};
  double wide_share{};
  double yearly_count{};  ///< of the cell alone, over the whole year
};

/// What earlier years were like, cell by cell and pentad by pentad, each pentad smoothed with the
/// `kSeasonReach` before and after it. Immutable.
class ThermalClimate {
 public:
  /// About 30 days: of 30 and 45 the one that explains a year left out better.
  static constexpr int kSeasonReach = 6;

  /// The mean of `years`, each observed from its first day to its last: where `days` name no fire,
  /// there was none. O(days + pentads * cells). REQUIRES: at least one year.
  ThermalClimate(ThermalFrame const& frame, std::span<CellDay const> days,
                 std::span<int const> years);

  /// Zeros outside the frame.
  [[nodiscard]] ClimateValue at(ThermalCell cell, int pentad) const;
  /// Cells of the frame that burn on a day of the season, and fires in all of them.
  [[nodiscard]] double burning_cells(int pentad) const;
  [[nodiscard]] double fires(int pentad) const;

 private:
  ThermalFrame frame_;
  std::vector<float> near_count_;
  std::vector<float> wide_count_;
  std::vector<float> near_share_;
  std::vector<float> wide_share_;
  std::vector<float> yearly_count_;
  std::vector<double> burning_cells_;
  std::vector<double> fires_;
};

}  // namespace guarantor::watch
