#include "guarantor/watch/density_clusters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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
constexpr std::size_t kColumns = 5;                                       // of a window
constexpr std::int32_t kNone = std::numeric_limits<std::int32_t>::max();  // no core point
constexpr std::uint32_t kNoPoint = std::numeric_limits<std::uint32_t>::max();

/// Points around a box, those of each line side by side.
struct Ranges {
  void add(std::uint32_t begin, std::uint32_t end) {
    if (begin < end) {
      ranges[count++] = {begin, end};
      points += end - begin;
    }
  }
  std::array<NearPoints::Range, BoxNeighbours::kMostWindows + 1> ranges;
  std::uint32_t count{};
  std::uint32_t points{};
};

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
    clusters.cluster.assign(grid_.number.size(), DensityClusters::kNoise);
    clusters.count = number_clusters(clusters.cluster);
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
    auto const own = neighbours_.window(box, 0);
    Ranges around;
    around.add(grid_.begin(own.begin), begin);
    around.add(end, grid_.begin(own.end));
    for (std::size_t which = 1; which < neighbours_.window_count(); ++which) {
      auto const window = neighbours_.window(box, which);
      around.add(grid_.begin(window.begin), grid_.begin(window.end));
    }
    if (end - begin + around.points < min_points_) {
      return;
    }
    for (std::uint32_t point = begin; point < end; ++point) {
      std::uint32_t found = end - begin;
      for (std::uint32_t i = 0; i < around.count && found < min_points_; ++i) {
        auto const [first, last] = around.ranges[i];
        found += near_.count(point, first, last, min_points_ - found);
      }
      core[point] = found >= min_points_ ? 1 : 0;
      cores_[box] += core[point];
    }
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

  /// Gives every box with a core point the number of its cluster; how many there are. `marks`, one
  /// a point and all noise, are left in disorder.
  std::uint32_t number_clusters(std::vector<std::int32_t>& marks) {
    std::vector<std::uint32_t> first(boxes_, kNoPoint);  // core point of the set named by this box
    for (std::uint32_t box = 0; box < boxes_; ++box) {
      if (cores_[box] > 0) {
        std::uint32_t& least = first[sets_.find(box)];
        least = std::min(least, grid_.number[grid_.begin(box)]);
      }
    }
    for (std::uint32_t const point : first) {
      if (point != kNoPoint) {
        marks[point] = 0;
      }
    }
    std::int32_t count = 0;
    for (std::int32_t& mark : marks) {
      mark = mark == DensityClusters::kNoise ? mark : count++;
    }
    cluster_.resize(boxes_);
    for (std::uint32_t box = 0; box < boxes_; ++box) {
      cluster_[box] = cores_[box] > 0 ? marks[first[sets_.find(box)]] : kNone;
    }
    return static_cast<std::uint32_t>(count);
  }

  void label(std::uint32_t box, DensityClusters& clusters) {
    std::uint32_t const begin = grid_.begin(box);
    std::uint32_t const end = grid_.end(box);
    std::uint32_t const border = begin + cores_[box];
    for (std::uint32_t point = begin; point < border; ++point) {
      clusters.cluster[grid_.number[point]] = cluster_[box];
      clusters.core[grid_.number[point]] = 1;
    }
    if (border == end) {
      return;
    }
    std::array<std::uint32_t, kColumns * BoxNeighbours::kMostWindows> others;
    std::size_t count = 0;
    for (std::size_t which = 0; which < neighbours_.window_count(); ++which) {
      auto const window = neighbours_.window(box, which);
      for (std::uint32_t other = window.begin; other < window.end; ++other) {
        others[count] = other;
        count += cluster_[other] < cluster_[box] ? 1U : 0U;
      }
    }
    for (std::uint32_t point = border; point < end; ++point) {
      std::int32_t const found = cluster_beside(box, point, {others.data(), count});
      clusters.cluster[grid_.number[point]] = found == kNone ? DensityClusters::kNoise : found;
      clusters.core[grid_.number[point]] = 0;
    }
  }

  /// The first cluster with a core point near a point that is none itself, among its own box and
  /// others that hold core points.
  [[nodiscard]] std::int32_t cluster_beside(std::uint32_t box, std::uint32_t point,
                                            std::span<std::uint32_t const> others) const {
    std::int32_t best = cluster_[box];
    for (std::uint32_t const other : others) {
      auto const [begin, end] = cores_of(other);
      if (cluster_[other] < best && near_.any(point, begin, end)) {
        best = cluster_[other];
      }
    }
    return best;
  }

  CylinderGrid& grid_;
  BoxNeighbours neighbours_;
  NearPoints near_;
  std::uint32_t min_points_;
  int threads_;
  std::uint32_t boxes_;
  std::vector<std::uint32_t> cores_;   ///< by box, how many
  DisjointSets sets_;                  ///< of boxes
  std::vector<std::int32_t> cluster_;  ///< by box; `kNone` without a core point
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
