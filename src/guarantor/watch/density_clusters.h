#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/geo/conic_plane.h"
#include "guarantor/model/date.h"
#include "guarantor/model/error.h"
#include "guarantor/watch/cylinder_grid.h"

namespace guarantor::watch {

/// Where a cluster is: near each of its core points lie at least `min_points` points, itself among
/// them.
struct Density {
  Nearness nearness;
  std::uint32_t min_points{};
};

struct DensityClusters {
  static constexpr std::int32_t kNoise = -1;

  /// By point: its cluster or `kNoise`. Clusters are numbered from 0 in order of their first core
  /// point; a border point belongs to the first cluster that has a core point near it.
  std::vector<std::int32_t> cluster;
  std::vector<std::uint8_t> core;  ///< by point: 1 for a core point
  std::uint32_t count{};           ///< of clusters

  friend bool operator==(DensityClusters const&, DensityClusters const&) = default;
};

/// The clusters of DBSCAN (M. Ester, H.-P. Kriegel, J. Sander, X. Xu: A density-based algorithm for
/// discovering clusters in large spatial databases with noise, KDD 1996), exactly: the labels that
/// the textbook's loop over the points in their order gives, on any number of threads. Two points
/// are near where their squared distance on the plane, in double precision, is at most eps², and
/// with `days` also where their dates are at most so many days apart (a cylinder, not a ball).
///
/// By boxes within which all points are near each other (A. Gunawan, 2013): O(n) memory, about 50
/// bytes a point; O(min_points * n) comparisons, however dense the points are, and for boxes that
/// are only nearly near, what `NearPoints::any_pair` costs. Dates may be empty where `days` is not
/// given. Bad input: `min_points` 0, dates that are not one a point, what `CylinderGrid` refuses.
[[nodiscard]] model::Result<DensityClusters> cluster_by_density(
    std::span<geo::PlanePoint const> points, std::span<model::Date const> dates, Density density,
    int threads);

}  // namespace guarantor::watch
