#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace guarantor::bench {

/// Minimise Σ cost · x by rows, 0 <= x <= 1, some x whole: the shape of every siting problem as a
/// mixed-integer program. Rows come first, then columns with their entries.
class ZeroOneProgram {
 public:
  enum class Sense { kAtMost, kEqual, kAtLeast };
  struct Entry {
    std::size_t row{};
    double coefficient{};
  };
  struct Column {
    double cost{};
    bool whole{};
    std::vector<Entry> entries;  ///< each row at most once
  };

  /// Its number, from 0.
  std::size_t add_row(Sense sense, double right_side);
  /// REQUIRES: the rows of its entries exist.
  std::size_t add_column(Column column);

  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  [[nodiscard]] std::vector<Column> const& columns() const { return columns_; }

  /// As free-format MPS, numbers in the shortest form that reads back the same; columns are called
  /// x0, x1 and so on, rows r0, r1.
  [[nodiscard]] std::string to_mps(std::string const& name) const;

 private:
  struct Row {
    Sense sense{};
    double right_side{};
  };
  std::vector<Row> rows_;
  std::vector<Column> columns_;
};

}  // namespace guarantor::bench
