#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "guarantor/posture/cover_matrix.h"

namespace guarantor::posture {

/// The kernel of a basis of a set covering relaxation: the rows met exactly, the columns strictly
/// between their bounds, which are as many, and the inverse of the square matrix they make. Rows
/// and columns have places in it; a line of the inverse is of a column's place, by row place.
class SetCoverKernel {
 public:
  static constexpr std::uint32_t kNowhere = static_cast<std::uint32_t>(-1);

  SetCoverKernel(std::size_t rows, std::size_t columns)
      : place_of_column_(columns, kNowhere), place_of_row_(rows, kNowhere) {}

  [[nodiscard]] std::size_t size() const { return columns_.size(); }
  [[nodiscard]] std::vector<std::uint32_t> const& columns() const { return columns_; }
  [[nodiscard]] std::vector<std::uint32_t> const& rows() const { return rows_; }
  /// kNowhere where it is not in the kernel.
  [[nodiscard]] std::uint32_t place_of_column(std::size_t column) const {
    return place_of_column_[column];
  }
  [[nodiscard]] std::uint32_t place_of_row(std::size_t row) const { return place_of_row_[row]; }

  /// A line of the inverse times a vector by row place. O(size).
  [[nodiscard]] double times(std::size_t column_place, std::vector<double> const& by_row) const;
  /// Adds a line of the inverse, so many times, to a vector by row place. O(size).
  void add_line(std::size_t column_place, double times, std::vector<double>& by_row) const;
  /// Adds what the inverse has for a row, so many times, to a vector by column place. O(size).
  void add_row(std::size_t row_place, double times, std::vector<double>& by_column) const;

  // Changes of the kernel, O(size²). `direction`, by column place, is how the kernel's columns move
  // while what enters grows; `row_rate`, by row place, how prices fall while that of what leaves
  // rises.

  /// REQUIRES: `pivot` is how fast the reduced cost of the column falls, and is not 0.
  void add(std::uint32_t row, std::uint32_t column, std::vector<double> const& direction,
           std::vector<double> const& row_rate, double pivot);
  void drop(std::size_t column_place, std::size_t row_place);
  void replace_column(std::size_t place, std::uint32_t column,
                      std::vector<double> const& direction);
  void replace_row(std::size_t place, std::uint32_t row, std::vector<double> const& row_rate);

  /// The inverse from the matrix, by elimination. A singular kernel is emptied. O(size³).
  void invert_anew(CoverMatrix const& matrix);

 private:
  [[nodiscard]] double* line(std::size_t place) { return &inverse_[place * stride_]; }
  [[nodiscard]] double const* line(std::size_t place) const { return &inverse_[place * stride_]; }
  void reserve(std::size_t size);
  void clear();

  std::vector<std::uint32_t> columns_;  ///< by place
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> place_of_column_;
  std::vector<std::uint32_t> place_of_row_;
  std::vector<double> inverse_;  ///< lines, `stride_` apart
  std::size_t stride_{};
};

}  // namespace guarantor::posture
