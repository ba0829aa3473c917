#include "guarantor/solver/linear_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace guarantor::solver {

Column LinearProgram::add_column(ColumnData data) {
  columns_.push_back(std::move(data));
  return Column{columns_.size() - 1};
}

LinearRow LinearProgram::add_row(RowData data) {
  rows_.push_back(std::move(data));
  return LinearRow{rows_.size() - 1};
}

void LinearProgram::add(LinearRow row, Column column, double coefficient) {
  entries_.push_back({row.place, column.place, coefficient});
}

std::vector<LinearProgram::Entry> LinearProgram::merged_entries() const {
  std::vector<Entry> sorted = entries_;
  std::stable_sort(sorted.begin(), sorted.end(), [](Entry const& a, Entry const& b) {
    return std::tie(a.column, a.row) < std::tie(b.column, b.row);
  });
  std::vector<Entry> merged;
  for (Entry const& entry : sorted) {
    if (!merged.empty() && merged.back().column == entry.column && merged.back().row == entry.row) {
      merged.back().coefficient += entry.coefficient;
    } else {
      merged.push_back(entry);
    }
  }
  std::erase_if(merged, [](Entry const& entry) { return entry.coefficient == 0; });
  return merged;
}

std::string to_mps(LinearProgram const& program, std::string const& name) {
  fmt::memory_buffer text;
  auto const out = std::back_inserter(text);
  fmt::format_to(out, "NAME {} FREE\nROWS\n N OBJ\n", name);
  for (auto const& row : program.rows()) {
    fmt::format_to(out, " L {}\n", row.name);
  }
  std::vector<std::vector<LinearProgram::Entry>> by_column(program.columns().size());
  for (auto const& entry : program.merged_entries()) {
    by_column[entry.column].push_back(entry);
  }
  fmt::format_to(out, "COLUMNS\n");
  for (bool const whole : {false, true}) {
    if (whole) {
      fmt::format_to(out, " M1 'MARKER' 'INTORG'\n");
    }
    for (std::size_t place = 0; place < by_column.size(); ++place) {
      auto const& column = program.columns()[place];
      if (column.whole != whole) {
        continue;
      }
      fmt::format_to(out, " {} OBJ {}\n", column.name,
                     column.objective == 0 ? 0.0 : -column.objective);
      for (auto const& entry : by_column[place]) {
        fmt::format_to(out, " {} {} {}\n", column.name, program.rows()[entry.row].name,
                       entry.coefficient);
      }
    }
  }
  fmt::format_to(out, " M2 'MARKER' 'INTEND'\nRHS\n");
  for (auto const& row : program.rows()) {
    if (row.limit != 0) {
      fmt::format_to(out, " RHS {} {}\n", row.name, row.limit);
    }
  }
  fmt::format_to(out, "BOUNDS\n");
  for (auto const& column : program.columns()) {
    fmt::format_to(out, " UP BND {} {}\n", column.name, column.upper);
  }
  fmt::format_to(out, "ENDATA\n");
  return fmt::to_string(text);
}

}  // namespace guarantor::solver
