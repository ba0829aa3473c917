#pragma once

#include <cstddef>
#include <cstdint>

namespace guarantor::geo {

/// Times side by side in one step: of so many sources, or to so many targets.
inline constexpr std::size_t kLanes = 16;

/// The three loops where reach spends its time: sums of times, and the least of them. All times are
/// at most `TravelTime::kNeverCount`, and so are all results. Whole numbers: every set of kernels
/// gives the same answer.
struct MinPlus {
  /// c[i][j] = min(c[i][j], a[i][k] + b[k][j]) over k, for matrices by rows with the given strides;
  /// c may overlap neither a nor b.
  void (*multiply)(std::uint32_t* c, std::size_t stride_c, std::uint32_t const* a,
                   std::size_t stride_a, std::uint32_t const* b, std::size_t stride_b,
                   std::size_t rows, std::size_t columns, std::size_t depth);
  /// For every i < rows, at[place[i]] = min(at[place[i]], from[k] + by[i * width + k]) over k,
  /// where `at` and `from` hold kLanes times at each place.
  void (*pull)(std::uint32_t* at, std::uint32_t const* place, std::size_t rows,
               std::uint32_t const* from, std::size_t width, std::uint32_t const* by);
  /// c[i][j] = min(c[i][j], a[k][i] + b[k][j]) over k < depth, all kLanes wide.
  void (*join)(std::uint32_t* c, std::uint32_t const* a, std::uint32_t const* b, std::size_t depth);
};

/// The fastest set that this processor can run.
[[nodiscard]] MinPlus const& min_plus();

}  // namespace guarantor::geo
