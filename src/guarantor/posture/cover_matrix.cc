#include "guarantor/posture/cover_matrix.h"

namespace guarantor::posture {

CoverMatrix::CoverMatrix(std::size_t rows, std::vector<std::vector<std::uint32_t>> const& columns) {
  row_begin_.assign(rows + 1, 0);
  for (auto const& column : columns) {
    rows_of_.insert(rows_of_.end(), column.begin(), column.end());
    column_begin_.push_back(rows_of_.size());
    for (std::uint32_t const row : column) {
      ++row_begin_[row + 1];
    }
  }
  for (std::size_t row = 0; row < rows; ++row) {
    row_begin_[row + 1] += row_begin_[row];
  }
  columns_of_.resize(rows_of_.size());
  auto next = row_begin_;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    for (std::uint32_t const row : columns[column]) {
      columns_of_[next[row]++] = static_cast<std::uint32_t>(column);
    }
  }
}

}  // namespace guarantor::posture
