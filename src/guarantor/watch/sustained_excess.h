#pragma once

#include <span>
#include <vector>

#include "guarantor/model/quantity.h"
#include "guarantor/watch/thermal_grid.h"

namespace guarantor::watch {

/// Whether two of these days lie between `least` and `most` days apart, both included. O(n).
/// REQUIRES: sorted days.
[[nodiscard]] bool has_gap(std::span<model::Date const> days, int least, int most);

/// Cells, sorted, and those whose centre lies nearer than `reach` to one of theirs.
class CellsAround {
 public:
  CellsAround(std::vector<ThermalCell> cells, model::Metres reach);

  /// O(log n + cells within reach).
  [[nodiscard]] bool holds(ThermalCell cell) const;

 private:
  std::vector<ThermalCell> cells_;
  model::Metres reach_;
};

}  // namespace guarantor::watch
