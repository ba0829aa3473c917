#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "guarantor/model/error.h"
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

/// One table, in the same rows and columns for CSV and workbook.
struct Sheet {
  std::string name;   ///< for machines, e.g. `not_stated`
  std::string title;  ///< for people, e.g. `Not stated`
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// The table as RFC 4180 text with LF; under a mark its first column is headed by that mark and
/// repeats it in every row.
[[nodiscard]] std::string to_csv_text(Sheet const& sheet, std::string const& mark);

/// The tables as one XLSX workbook, the bytes of the file, each a sheet; titled and dated as the
/// header says. Errors as those of `to_workbook` for a plan.
[[nodiscard]] model::Result<std::string> to_workbook(std::vector<Sheet> const& tables,
                                                     model::Header const& header,
                                                     std::string const& mark);

/// assignments, fill, gaps, asks, not_stated and comparisons, in this order.
[[nodiscard]] std::vector<Sheet> sheets(PlanReading const& reading);

}  // namespace guarantor::report
