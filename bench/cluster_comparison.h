#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/geo/conic_plane.h"
#include "guarantor/watch/density_clusters.h"

namespace guarantor::bench {

/// What a program says of each point.
struct PeerLabels {
  std::vector<std::int32_t> cluster;  ///< -1: noise
  std::vector<std::uint8_t> core;     ///< empty where it does not tell
};

/// Where labels are not those of DBSCAN as `ours` has them: a sentence about the first point that
/// tells, or nothing. They are where noise is the same, core points lie together in the one where
/// they do in the other, and each border point has the label of some core point within eps.
/// O(n log n + border points * points in a strip 2 eps wide).
[[nodiscard]] std::optional<std::string> find_difference(std::span<geo::PlanePoint const> places,
                                                         double eps_m,
                                                         watch::DensityClusters const& ours,
                                                         PeerLabels const& peer);

}  // namespace guarantor::bench
