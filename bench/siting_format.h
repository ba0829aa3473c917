#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "guarantor/model/error.h"

namespace guarantor::bench {

/// A case of OR-Library's uncapacitated p-median (`pmed`) and p-center (`pcenter`) format: every
/// vertex is a demand and a site.
struct MedianCase {
  std::size_t vertices{};
  std::size_t count{};            ///< sites to open
  std::vector<double> distances;  ///< shortest paths, row by row; infinity where there is no path
};

/// A case of OR-Library's capacitated p-median format (`pmedcap`): every point is a demand and a
/// site, distances are Euclidean and cut to whole numbers.
struct CapacitatedMedianCase {
  std::size_t points{};
  std::size_t count{};
  double capacity{};  ///< of each site
  std::vector<double> quantities;
  std::vector<double> distances;  ///< row by row
  double published{};             ///< the objective that the file states as its best
};

/// Reads `vertices edges count`, then a line `from to length` for each edge; of an edge that is
/// repeated the last length counts. Errors name file and line. O(vertices * edges * log vertices).
[[nodiscard]] model::Result<MedianCase> read_median_case(std::filesystem::path const& file);

/// Reads `number best`, `points count capacity`, then a line `number x y quantity` for each point.
/// Errors name file and line.
[[nodiscard]] model::Result<CapacitatedMedianCase> read_capacitated_median_case(
    std::filesystem::path const& file);

}  // namespace guarantor::bench
