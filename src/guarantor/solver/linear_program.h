#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace guarantor::solver {

/// A column of a linear program by its place; it compares and indexes, and does nothing else.
struct Column {
  std::size_t place{};
  friend bool operator==(Column, Column) = default;
};
struct LinearRow {
  std::size_t place{};
  friend bool operator==(LinearRow, LinearRow) = default;
};

/// Maximise objective · x subject to rows `Σ coefficient · x ≤ limit` and bounds 0 ≤ x ≤ upper,
/// some x whole. Every row of the force-generation model has this shape, so no other is offered.
class LinearProgram {
 public:
  struct ColumnData {
    std::string name;
    double objective{};
    double upper{};
    bool whole{};
  };
  struct RowData {
    std::string name;
    double limit{};
  };
  struct Entry {
    std::size_t row{};
    std::size_t column{};
    double coefficient{};
  };

  Column add_column(ColumnData data);
  LinearRow add_row(RowData data);
  /// Adds to the coefficient of a column in a row; several entries for one place add up.
  void add(LinearRow row, Column column, double coefficient);

  [[nodiscard]] std::vector<ColumnData> const& columns() const { return columns_; }
  [[nodiscard]] std::vector<RowData> const& rows() const { return rows_; }
  /// Sorted by column, then row, each place once. O(entries log entries).
  [[nodiscard]] std::vector<Entry> merged_entries() const;

 private:
  std::vector<ColumnData> columns_;
  std::vector<RowData> rows_;
  std::vector<Entry> entries_;
};

/// The program as free-format MPS, as the minimisation of the negated objective. Numbers are in the
/// shortest form that reads back the same.
[[nodiscard]] std::string to_mps(LinearProgram const& program, std::string const& name);

}  // namespace guarantor::solver
