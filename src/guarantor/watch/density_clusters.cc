#include "guarantor/watch/density_clusters.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include "guarantor/geo/work_sharing.h"
#include "guarantor/watch/disjoint_sets.h"
#include "guarantor/watch/near_points.h"

namespace guarantor::watch {
namespace {

using model::Error;
using model::ErrorKind;

constexpr std::uint32_t kBoxesAtATime = 1024;
constexpr std::uint32_t kNoPoint = std::numeric_limits<std::uint32_t>::max();

/// The steps, each over all boxes.
class Clustering {
 public:
  Clustering(CylinderGrid& grid, Density density, int threads)
      : grid_{grid},
        neighbours_{grid},
        near_{grid, density.nearness},
        min_points_{density.min_points},
        threads_{threads},
        boxes_{grid.box_count()},
        cores_(boxes_),
        sets_{boxes_} {}

  DensityClusters run() {
    std::vector<std::uint8_t> core(grid_.number.size());
    over_boxes([&](std::uint32_t begin, std::uint32_t end) {
      neighbours_.find(begin, end);
      for (std::uint32_t box = begin; box < end; ++box) {
        find_cores(box, core);
      }
    });
    over_boxes([&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t box = begin; box < end; ++box) {
        put_cores_first(box, core);
      }
    });
    over_boxes([&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t box = begin; box < end; ++box) {
        link(box);
      }
    });
    DensityClusters clusters;
    clusters.count = number_clusters();
    clusters.cluster.resize(grid_.number.size());
    clusters.core = std::move(core);
    over_boxes([&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t box = begin; box < end; ++box) {
        label(box, clusters);
      }
    });
    return clusters;
  }

 private:
  template <class Step>
  void over_boxes(Step const& step) {
    std::uint32_t const chunks = (boxes_ + kBoxesAtATime - 1) / kBoxesAtATime;
    geo::share_work(chunks, threads_, [&](std::size_t chunk) {
      auto const first = static_cast<std::uint32_t>(chunk) * kBoxesAtATime;
      step(first, std::min(boxes_, first + kBoxesAtATime));
    });
  }

  void find_cores(std::uint32_t box, std::vector<std::uint8_t>& core) {
    std::uint32_t const begin = grid_.begin(box);
    std::uint32_t const end = grid_.end(box);
    if (end - begin >= min_points_) {
      std::fill(core.begin() + begin, core.begin() + end, std::uint8_t{1});
      cores_[box] = end - begin;
      return;
    }
    std::uint32_t around = 0;
    for (std::size_t which = 0; which < neighbours_.window_count(); ++which) {
      auto const window = neighbours_.window(box, which);
      around += grid_.begin(window.end) - grid_.begin(window.begin);
    }
    if (around < min_points_) {
      return;
    }
    for (std::uint32_t point = begin; point < end; ++point) {
      core[point] = is_core(box, point) ? 1 : 0;
      cores_[box] += core[point];
    }
  }

  [[nodiscard]] bool is_core(std::uint32_t box, std::uint32_t point) const {
    std::uint32_t found = grid_.end(box) - grid_.begin(box);
    auto const look = [&](std::uint32_t first_box, std::uint32_t end_box) {
      found +=
          near_.count(point, grid_.begin(first_box), grid_.begin(end_box), min_points_ - found);
      return found >= min_points_;
    };
    auto const own = neighbours_.window(box, 0);
    if (look(own.begin, box) || look(box + 1, own.end)) {
      return true;
    }
    for (std::size_t which = 1; which < neighbours_.window_count(); ++which) {
      auto const window = neighbours_.window(box, which);
      if (look(window.begin, window.end)) {
        return true;
      }
    }
    return false;
  }

  /// Moves a box's core points before its others, both in rising order.
  void put_cores_first(std::uint32_t box, std::vector<std::uint8_t> const& core) {
    std::uint32_t const begin = grid_.begin(box);
    std::uint32_t const end = grid_.end(box);
    if (cores_[box] == 0 || cores_[box] == end - begin) {
      return;
    }
    auto const rearrange = [&](auto& values) {
      std::remove_reference_t<decltype(values)> kept;
      std::uint32_t next = begin;
      for (std::uint32_t point = begin; point < end; ++point) {
        if (core[point] != 0) {
          values[next++] = values[point];
        } else {
          kept.push_back(values[point]);
        }
      }
      std::ranges::copy(kept, values.begin() + next);
    };
    rearrange(grid_.east);
    rearrange(grid_.north);
    rearrange(grid_.number);
    if (!grid_.day.empty()) {
      rearrange(grid_.day);
    }
  }

  [[nodiscard]] NearPoints::Range cores_of(std::uint32_t box) const {
    return {grid_.begin(box), grid_.begin(box) + cores_[box]};
  }

  /// Unites a box with those after it that hold a core point near one of its own.
  void link(std::uint32_t box) {
    if (cores_[box] == 0) {
      return;
    }
    for (std::size_t which = 0; which < neighbours_.window_count(); ++which) {
      if (which > 0 && !BoxNeighbours::is_later(which)) {
        continue;
      }
      auto const [begin, end] = neighbours_.window(box, which);
      for (std::uint32_t other = which == 0 ? box + 1 : begin; other < end; ++other) {
        if (cores_[other] > 0 && sets_.find(box) != sets_.find(other) &&
            near_.any_pair(cores_of(box), cores_of(other))) {
          sets_.unite(box, other);
        }
      }
    }
  }

  /// Gives every box with a core point the number of its cluster; how many there are.
  std::uint32_t number_clusters() {
    std::vector<std::uint32_t> first(boxes_, kNoPoint);  // core point of the set named by this box
    for (std::uint32_t box = 0; box < boxes_; ++box) {
      if (cores_[box] > 0) {
        std::uint32_t& least = first[sets_.find(box)];
        least = std::min(least, grid_.number[grid_.begin(box)]);
      }
    }
    std::vector<std::uint32_t> roots;
    for (std::uint32_t box = 0; box < boxes_; ++box) {
      if (first[box] != kNoPoint) {
        roots.push_back(box);
      }
    }
    std::ranges::sort(roots, {}, [&](std::uint32_t root) { return first[root]; });
    for (std::uint32_t i = 0; i < roots.size(); ++i) {
      first[roots[i]] = i;
    }
    cluster_.resize(boxes_);
    for (std::uint32_t box = 0; box < boxes_; ++box) {
      cluster_[box] = cores_[box] > 0 ? static_cast<std::int32_t>(first[sets_.find(box)])
                                      : std::numeric_limits<std::int32_t>::max();
    }
    return static_cast<std::uint32_t>(roots.size());
  }

  void label(std::uint32_t box, DensityClusters& clusters) {
    std::uint32_t const begin = grid_.begin(box);
    std::uint32_t const end = grid_.end(box);
    std::uint32_t const border = begin + cores_[box];
    for (std::uint32_t point = begin; point < border; ++point) {
      clusters.cluster[grid_.number[point]] = cluster_[box];
      clusters.core[grid_.number[point]] = 1;
    }
    for (std::uint32_t point = border; point < end; ++point) {
      clusters.cluster[grid_.number[point]] = cluster_beside(box, point);
      clusters.core[grid_.number[point]] = 0;
    }
  }

  /// The first cluster with a core point near a point that is none itself.
  [[nodiscard]] std::int32_t cluster_beside(std::uint32_t box, std::uint32_t point) const {
    std::int32_t best = cluster_[box];
    for (std::size_t which = 0; which < neighbours_.window_count(); ++which) {
      auto const window = neighbours_.window(box, which);
      for (std::uint32_t other = window.begin; other < window.end; ++other) {
        auto const [begin, end] = cores_of(other);
        if (cluster_[other] < best && near_.any(point, begin, end)) {
          best = cluster_[other];
        }
      }
    }
    return best == std::numeric_limits<std::int32_t>::max() ? DensityClusters::kNoise : best;
  }

  CylinderGrid& grid_;
  BoxNeighbours neighbours_;
  NearPoints near_;
  std::uint32_t min_points_;
  int threads_;
  std::uint32_t boxes_;
  std::vector<std::uint32_t> cores_;   ///< by box, how many
  DisjointSets sets_;                  ///< of boxes
  std::vector<std::int32_t> cluster_;  ///< by box; the greatest number where it has no core point
};

}  // namespace

model::Result<DensityClusters> cluster_by_density(std::span<geo::PlanePoint const> points,
                                                  std::span<model::Date const> dates,
                                                  Density density, int threads) {
  if (density.min_points == 0) {
    return Error{ErrorKind::kBadInput, "a cluster of 0 points is none",
                 "give at least 1 for the points that make a place dense"};
  }
  if (density.nearness.days && dates.size() != points.size()) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("there are {} dates for {} points", dates.size(), points.size()),
                 "give each point its date, or cluster without days"};
  }
  auto grid = CylinderGrid::sort(points, dates, density.nearness);
  if (!grid.ok()) {
    return grid.error();
  }
  return Clustering{grid.value(), density, threads}.run();
}

}  // namespace guarantor::watch
