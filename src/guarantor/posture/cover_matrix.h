#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace guarantor::posture {

/// Which column covers which rows, laid out both ways. Immutable.
class CoverMatrix {
 public:
  CoverMatrix() = default;
  /// REQUIRES: rows of each column ascending, each once and below `rows`. O(entries).
  CoverMatrix(std::size_t rows, std::vector<std::vector<std::uint32_t>> const& columns);

  [[nodiscard]] std::size_t rows() const { return row_begin_.size() - 1; }
  [[nodiscard]] std::size_t columns() const { return column_begin_.size() - 1; }
  [[nodiscard]] std::size_t entries() const { return rows_of_.size(); }
  /// The rows that a column covers, ascending.
  [[nodiscard]] std::span<std::uint32_t const> rows_of(std::size_t column) const {
    return {rows_of_.data() + column_begin_[column], rows_of_.data() + column_begin_[column + 1]};
  }
  /// The columns that cover a row, ascending.
  [[nodiscard]] std::span<std::uint32_t const> columns_of(std::size_t row) const {
    return {columns_of_.data() + row_begin_[row], columns_of_.data() + row_begin_[row + 1]};
  }

 private:
  std::vector<std::size_t> column_begin_{0};
  std::vector<std::uint32_t> rows_of_;
  std::vector<std::size_t> row_begin_{0};
  std::vector<std::uint32_t> columns_of_;
};

}  // namespace guarantor::posture
