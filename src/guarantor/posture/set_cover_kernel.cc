#include "guarantor/posture/set_cover_kernel.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kPivot = 1e-7;    ///< the least to divide by
constexpr std::size_t kRoom = 32;  ///< rows and columns by which the room for the inverse grows

/// Sum of products in four lanes, which a compiler may keep in one register.
double dot(double const* a, double const* b, std::size_t size) {
  double lane[4] = {0, 0, 0, 0};
  std::size_t at = 0;
  for (; at + 4 <= size; at += 4) {
    for (std::size_t k = 0; k < 4; ++k) {
      lane[k] += a[at + k] * b[at + k];
    }
  }
  for (; at < size; ++at) {
    lane[0] += a[at] * b[at];
  }
  return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

void subtract(double* from, double const* what, double times, std::size_t size) {
  for (std::size_t at = 0; at < size; ++at) {
    from[at] -= times * what[at];
  }
}

/// Turns the left half of `work` (size lines, twice as wide) into the identity, by elimination with
/// the largest pivot of each column. False where it is singular.
bool eliminate(std::vector<double>& work, std::size_t size) {
  std::size_t const width = 2 * size;
  for (std::size_t place = 0; place < size; ++place) {
    std::size_t best = place;
    for (std::size_t at = place + 1; at < size; ++at) {
      if (std::abs(work[at * width + place]) > std::abs(work[best * width + place])) {
        best = at;
      }
    }
    double const pivot = work[best * width + place];
    if (std::abs(pivot) < kPivot) {
      return false;
    }
    if (best != place) {
      std::swap_ranges(&work[best * width], &work[best * width] + width, &work[place * width]);
    }
    for (std::size_t at = place; at < width; ++at) {
      work[place * width + at] /= pivot;
    }
    for (std::size_t at = 0; at < size; ++at) {
      double const times = work[at * width + place];
      if (at != place && times != 0) {
        subtract(&work[at * width + place], &work[place * width + place], times, width - place);
      }
    }
  }
  return true;
}

}  // namespace

double SetCoverKernel::times(std::size_t column_place, std::vector<double> const& by_row) const {
  return dot(line(column_place), by_row.data(), size());
}

void SetCoverKernel::add_line(std::size_t column_place, double times,
                              std::vector<double>& by_row) const {
  subtract(by_row.data(), line(column_place), -times, size());
}

void SetCoverKernel::add_row(std::size_t row_place, double times,
                             std::vector<double>& by_column) const {
  for (std::size_t at = 0; at < size(); ++at) {
    by_column[at] += times * line(at)[row_place];
  }
}

void SetCoverKernel::reserve(std::size_t size) {
  if (size <= stride_) {
    return;
  }
  std::size_t const stride = size + kRoom;
  std::vector<double> wider(stride * stride, 0);
  for (std::size_t place = 0; place < columns_.size(); ++place) {
    std::copy_n(line(place), rows_.size(), &wider[place * stride]);
  }
  inverse_ = std::move(wider);
  stride_ = stride;
}

void SetCoverKernel::clear() {
  columns_.clear();
  rows_.clear();
  std::fill(place_of_column_.begin(), place_of_column_.end(), kNowhere);
  std::fill(place_of_row_.begin(), place_of_row_.end(), kNowhere);
}

void SetCoverKernel::add(std::uint32_t row, std::uint32_t column,
                         std::vector<double> const& direction, std::vector<double> const& row_rate,
                         double pivot) {
  std::size_t const size = columns_.size();
  reserve(size + 1);
  for (std::size_t at = 0; at < size; ++at) {
    double const share = direction[at] / pivot;
    subtract(line(at), row_rate.data(), share, size);
    line(at)[size] = share;
  }
  for (std::size_t at = 0; at < size; ++at) {
    line(size)[at] = -row_rate[at] / pivot;
  }
  line(size)[size] = 1 / pivot;
  place_of_column_[column] = static_cast<std::uint32_t>(size);
  place_of_row_[row] = static_cast<std::uint32_t>(size);
  columns_.push_back(column);
  rows_.push_back(row);
}

void SetCoverKernel::drop(std::size_t column_place, std::size_t row_place) {
  std::size_t const size = columns_.size();
  std::size_t const last = size - 1;
  double const* const gone = line(column_place);
  double const pivot = gone[row_place];
  for (std::size_t at = 0; at < size; ++at) {
    if (at != column_place) {
      subtract(line(at), gone, line(at)[row_place] / pivot, size);
    }
  }
  place_of_column_[columns_[column_place]] = kNowhere;
  place_of_row_[rows_[row_place]] = kNowhere;
  if (column_place != last) {
    std::copy_n(line(last), size, line(column_place));
    columns_[column_place] = columns_[last];
    place_of_column_[columns_[last]] = static_cast<std::uint32_t>(column_place);
  }
  if (row_place != last) {
    for (std::size_t at = 0; at < last; ++at) {
      line(at)[row_place] = line(at)[last];
    }
    rows_[row_place] = rows_[last];
    place_of_row_[rows_[last]] = static_cast<std::uint32_t>(row_place);
  }
  columns_.pop_back();
  rows_.pop_back();
}

void SetCoverKernel::replace_column(std::size_t place, std::uint32_t column,
                                    std::vector<double> const& direction) {
  std::size_t const size = columns_.size();
  double const pivot = -direction[place];
  double* const changed = line(place);
  for (std::size_t at = 0; at < size; ++at) {
    changed[at] /= pivot;
  }
  for (std::size_t at = 0; at < size; ++at) {
    if (at != place && direction[at] != 0) {
      subtract(line(at), changed, -direction[at], size);
    }
  }
  place_of_column_[columns_[place]] = kNowhere;
  place_of_column_[column] = static_cast<std::uint32_t>(place);
  columns_[place] = column;
}

void SetCoverKernel::replace_row(std::size_t place, std::uint32_t row,
                                 std::vector<double> const& row_rate) {
  std::size_t const size = columns_.size();
  double const pivot = row_rate[place];
  for (std::size_t at = 0; at < size; ++at) {
    double* const one = line(at);
    double const share = one[place] / pivot;
    if (share != 0) {
      subtract(one, row_rate.data(), share, size);
    }
    one[place] = share;
  }
  place_of_row_[rows_[place]] = kNowhere;
  place_of_row_[row] = static_cast<std::uint32_t>(place);
  rows_[place] = row;
}

void SetCoverKernel::invert_anew(CoverMatrix const& matrix) {
  std::size_t const size = columns_.size();
  std::size_t const width = 2 * size;
  std::vector<double> work(size * width, 0);  // by row place: the kernel, then the identity
  for (std::size_t place = 0; place < size; ++place) {
    for (std::uint32_t const row : matrix.rows_of(columns_[place])) {
      if (std::uint32_t const at = place_of_row_[row]; at != kNowhere) {
        work[at * width + place] = 1;
      }
    }
    work[place * width + size + place] = 1;
  }
  if (!eliminate(work, size)) {
    clear();
    return;
  }
  for (std::size_t place = 0; place < size; ++place) {
    std::copy_n(&work[place * width + size], size, line(place));
  }
}

}  // namespace guarantor::posture
