#pragma once

#include <cstdint>
#include <filesystem>

#include "guarantor/model/error.h"

namespace guarantor::bench {

/// A network to measure reach on: the Delaunay triangulation of points drawn evenly over a square
/// of 6.7 degrees around 31 E 49 N, each edge with one of three speeds that are drawn for the
/// network.
struct DelaunayCase {
  std::uint32_t points{1'000'000};
  std::uint64_t seed{1};
  std::uint32_t sources{1'000};  ///< of the queries: every one of them to every target
  std::uint32_t targets{1'000};
};

/// Writes `nodes.csv`, `edges.csv` and `queries.csv`, as `guarantor-bench reach` reads them, into a
/// folder that is made where it is missing. The same case gives the same bytes. Lengths are those
/// on the ground, in metres to the tenth. Bad input: fewer than two points, or more sources or
/// targets than points. O(points log points).
[[nodiscard]] model::Result<model::Done> write_delaunay_case(DelaunayCase const& wanted,
                                                             std::filesystem::path const& folder);

}  // namespace guarantor::bench
