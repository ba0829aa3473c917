#pragma once

#include "guarantor/geo/min_plus.h"

// Compiled once for each instruction set, so everything here is local to the file that includes it:
// nothing may be shared with a file compiled for a lesser processor.
namespace guarantor::geo {
namespace {

using Time = std::uint32_t;

/// The kernels on vectors of `kBytes`.
template <std::size_t kBytes>
struct MinPlusOn {
  using Vector __attribute__((vector_size(kBytes), aligned(4), may_alias)) = Time;
  static constexpr std::size_t kWide = kBytes / sizeof(Time);

  static Vector& at(Time* p) { return *reinterpret_cast<Vector*>(p); }
  static Vector const& at(Time const* p) { return *reinterpret_cast<Vector const*>(p); }

  /// A tile of kRows by kColumns vectors, held in registers over the whole depth.
  template <std::size_t kRows, std::size_t kColumns>
  static void tile(Time* c, std::size_t stride_c, Time const* a, std::size_t row_a,
                   std::size_t step_a, Time const* b, std::size_t stride_b, std::size_t depth) {
    Vector sum[kRows][kColumns];
    for (std::size_t i = 0; i < kRows; ++i) {
      for (std::size_t j = 0; j < kColumns; ++j) {
        sum[i][j] = at(c + i * stride_c + j * kWide);
      }
    }
    for (std::size_t k = 0; k < depth; ++k) {
      for (std::size_t j = 0; j < kColumns; ++j) {
        Vector const by = at(b + k * stride_b + j * kWide);
        for (std::size_t i = 0; i < kRows; ++i) {
          Vector const found = by + a[i * row_a + k * step_a];
          sum[i][j] = found < sum[i][j] ? found : sum[i][j];
        }
      }
    }
    for (std::size_t i = 0; i < kRows; ++i) {
      for (std::size_t j = 0; j < kColumns; ++j) {
        at(c + i * stride_c + j * kWide) = sum[i][j];
      }
    }
  }

  template <std::size_t kRows>
  static void strip(Time* c, std::size_t stride_c, Time const* a, std::size_t stride_a,
                    Time const* b, std::size_t stride_b, std::size_t columns, std::size_t depth) {
    std::size_t j = 0;
    for (; j + 2 * kWide <= columns; j += 2 * kWide) {
      tile<kRows, 2>(c + j, stride_c, a, stride_a, 1, b + j, stride_b, depth);
    }
    for (; j + kWide <= columns; j += kWide) {
      tile<kRows, 1>(c + j, stride_c, a, stride_a, 1, b + j, stride_b, depth);
    }
    for (std::size_t i = 0; j < columns && i < kRows; ++i) {
      for (std::size_t k = 0; k < depth; ++k) {
        Time const first = a[i * stride_a + k];
        for (std::size_t rest = j; rest < columns; ++rest) {
          Time const found = first + b[k * stride_b + rest];
          Time& known = c[i * stride_c + rest];
          known = found < known ? found : known;
        }
      }
    }
  }

  static void multiply(Time* c, std::size_t stride_c, Time const* a, std::size_t stride_a,
                       Time const* b, std::size_t stride_b, std::size_t rows, std::size_t columns,
                       std::size_t depth) {
    constexpr std::size_t kRows = 4;
    std::size_t i = 0;
    for (; i + kRows <= rows; i += kRows) {
      strip<kRows>(c + i * stride_c, stride_c, a + i * stride_a, stride_a, b, stride_b, columns,
                   depth);
    }
    for (; i < rows; ++i) {
      strip<1>(c + i * stride_c, stride_c, a + i * stride_a, stride_a, b, stride_b, columns, depth);
    }
  }

  template <std::size_t kRows>
  static void pull_rows(Time* at_all, std::uint32_t const* place, Time const* from,
                        std::size_t width, Time const* by) {
    constexpr std::size_t kVectors = kLanes / kWide;
    Vector sum[kRows][kVectors];
    for (std::size_t i = 0; i < kRows; ++i) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        sum[i][v] = at(at_all + std::size_t{place[i]} * kLanes + v * kWide);
      }
    }
    for (std::size_t k = 0; k < width; ++k) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        Vector const source = at(from + k * kLanes + v * kWide);
        for (std::size_t i = 0; i < kRows; ++i) {
          Vector const found = source + by[i * width + k];
          sum[i][v] = found < sum[i][v] ? found : sum[i][v];
        }
      }
    }
    for (std::size_t i = 0; i < kRows; ++i) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        at(at_all + std::size_t{place[i]} * kLanes + v * kWide) = sum[i][v];
      }
    }
  }

  static void pull(Time* at_all, std::uint32_t const* place, std::size_t rows, Time const* from,
                   std::size_t width, Time const* by) {
    constexpr std::size_t kRows = 4;
    std::size_t i = 0;
    for (; i + kRows <= rows; i += kRows) {
      pull_rows<kRows>(at_all, place + i, from, width, by + i * width);
    }
    for (; i < rows; ++i) {
      pull_rows<1>(at_all, place + i, from, width, by + i * width);
    }
  }

  static void join(Time* c, Time const* a, Time const* b, std::size_t depth) {
    constexpr std::size_t kColumns = kLanes / kWide > 2 ? 2 : kLanes / kWide;
    for (std::size_t i = 0; i < kLanes; i += 4) {
      for (std::size_t j = 0; j < kLanes; j += kColumns * kWide) {
        tile<4, kColumns>(c + i * kLanes + j, kLanes, a + i, 1, kLanes, b + j, kLanes, depth);
      }
    }
  }

  static constexpr MinPlus kKernels{&multiply, &pull, &join};
};

}  // namespace
}  // namespace guarantor::geo
