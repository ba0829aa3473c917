#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace guarantor::bench {

/// A point of a square grid, each coordinate within [0, kGridSide).
struct GridPoint {
  std::int32_t x{};
  std::int32_t y{};
  friend bool operator==(GridPoint, GridPoint) = default;
  friend auto operator<=>(GridPoint, GridPoint) = default;
};
inline constexpr std::int32_t kGridSide = std::int32_t{1} << 26;

/// The edges of a Delaunay triangulation, each once, its ends by their places among the points and
/// the lower first, in order. Where four points or more lie on a circle, one of the possible
/// triangulations. By divide and conquer (Guibas and Stolfi, ACM Transactions on Graphics 4, 1985)
/// with exact predicates: the grid is coarse enough for 128 bits. O(n log n).
/// REQUIRES: fewer than 2^29 points, no two the same.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> delaunay_edges(
    std::vector<GridPoint> const& points);

}  // namespace guarantor::bench
