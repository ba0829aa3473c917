#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// A cell: nothing, a text, a whole number, a number, a share shown as a percentage, or yes and no.
struct SharePart {
  double value{};
};
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, SharePart, bool>;

struct Column {
  std::string name;   ///< for machines
  std::string title;  ///< for people
  int width{12};      ///< in characters
};

/// One table of a plan, in the same rows and columns for CSV and workbook.
struct Sheet {
  std::string name;   ///< for machines, e.g. `not_stated`
  std::string title;  ///< for people, e.g. `Not stated`
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// assignments, fill, gaps, asks, not_stated and comparisons, in this order.
[[nodiscard]] std::vector<Sheet> sheets(PlanReading const& reading);

}  // namespace guarantor::report
