#include <algorithm>
#include <cstdint>
#include <utility>

#include "guarantor/geo/shortest_paths.h"

namespace guarantor::geo {
namespace {

using Time = TravelTime::Rep;
constexpr Time kClosed = TravelTime::kNeverCount;
constexpr std::uint32_t kNone = Elimination::kNone;

/// The times between a node and all ranks on its way to the root.
class Climb {
 public:
  /// `entry_times` lead from the node up, or from above to it.
  Climb(Hierarchy const& hierarchy, NodeIndex node, std::vector<Time> const& entry_times)
      : tree_{hierarchy.elimination()}, times_(hierarchy.graph().node_count(), kClosed) {
    std::uint32_t const rank = tree_.rank_of[node.place];
    times_[rank] = 0;
    for (std::uint32_t s = tree_.supernode_of[rank]; s != kNone; s = tree_.parent[s]) {
      supernodes_.push_back(s);
      std::uint32_t const first = tree_.first[s];
      std::uint32_t const width = tree_.width(s);
      Time const* by = entry_times.data() + hierarchy.first_entry(s);
      for (std::uint32_t row = 1; row < width; by += row, ++row) {
        lower(times_[first + row], first, row, by);
      }
      for (std::uint32_t const upper : tree_.rows_of(s)) {
        lower(times_[upper], first, width, by);
        by += width;
      }
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> const& supernodes() const { return supernodes_; }
  [[nodiscard]] std::vector<Time>& times() { return times_; }
  [[nodiscard]] std::vector<Time> const& times() const { return times_; }

  /// The rank before `rank` on the way from the node; `rank` itself at the node.
  [[nodiscard]] std::uint32_t before(Hierarchy const& hierarchy, std::uint32_t rank,
                                     std::vector<Time> const& entry_times) const {
    for (std::uint32_t const s : supernodes_) {
      for (std::uint32_t below = tree_.first[s]; below < tree_.first[s + 1] && below < rank;
           ++below) {
        if (times_[below] == kClosed) {
          continue;
        }
        Hierarchy::Entry const entry = hierarchy.entry(below, rank);
        if (entry == Hierarchy::kNoEntry) {
          break;  // no rank of this supernode sees it
        }
        if (times_[below] + entry_times[entry] == times_[rank]) {
          return below;
        }
      }
    }
    return rank;
  }

 private:
  void lower(Time& time, std::uint32_t first, std::uint32_t width, Time const* by) const {
    for (std::uint32_t k = 0; k < width; ++k) {
      time = std::min(time, times_[first + k] + by[k]);
    }
  }

  Elimination const& tree_;
  std::vector<std::uint32_t> supernodes_;  ///< from the node up
  std::vector<Time> times_;                ///< by rank
};

/// Takes arcs of the hierarchy apart into arcs of the graph.
class Unpacking {
 public:
  Unpacking(CustomisedHierarchy const& customised, std::vector<ArcIndex>& arcs)
      : customised_{customised}, tree_{customised.hierarchy().elimination()}, arcs_{arcs} {}

  /// Appends the way from one rank to another that a hierarchy's arc joins.
  void run(std::uint32_t from, std::uint32_t to) {
    stack_.assign(1, {from, to});
    while (!stack_.empty()) {
      auto const [tail, head] = stack_.back();
      stack_.pop_back();
      Time const time = time_between(tail, head);
      QuickestArc const own =
          quickest_arc(customised_.graph(), customised_.times(), NodeIndex{tree_.node_at[tail]},
                       NodeIndex{tree_.node_at[head]});
      if (own.time.count() == time) {
        arcs_.push_back(own.arc);
        continue;
      }
      std::uint32_t const over = middle(tail, head, time);
      stack_.emplace_back(over, head);
      stack_.emplace_back(tail, over);
    }
  }

 private:
  [[nodiscard]] Time time_between(std::uint32_t tail, std::uint32_t head) const {
    EntryTimes const& times = customised_.entry_times();
    Hierarchy::Entry const entry =
        customised_.hierarchy().entry(std::min(tail, head), std::max(tail, head));
    if (entry == Hierarchy::kNoEntry) {
      return kClosed;
    }
    return tail < head ? times.up[entry] : times.down[entry];
  }

  /// The lower rank over which the way from one rank to another takes so long.
  [[nodiscard]] std::uint32_t middle(std::uint32_t tail, std::uint32_t head, Time time) const {
    std::uint32_t const lower = std::min(tail, head);
    std::uint32_t const upper = std::max(tail, head);
    std::uint32_t const own = tree_.supernode_of[lower];
    for (std::uint32_t over = tree_.first[own]; over < lower; ++over) {
      if (fits(tail, over, head, time)) {
        return over;
      }
    }
    for (std::uint32_t const s : customised_.hierarchy().seeing(lower)) {
      auto const rows = tree_.rows_of(s);
      if (!std::binary_search(rows.begin(), rows.end(), upper)) {
        continue;
      }
      for (std::uint32_t over = tree_.first[s]; over < tree_.first[s + 1]; ++over) {
        if (fits(tail, over, head, time)) {
          return over;
        }
      }
    }
    return kNone;  // cannot be: the entry's time comes from the graph's arcs or over a lower rank
  }

  [[nodiscard]] bool fits(std::uint32_t tail, std::uint32_t over, std::uint32_t head,
                          Time time) const {
    return time_between(tail, over) + time_between(over, head) == time;
  }

  CustomisedHierarchy const& customised_;
  Elimination const& tree_;
  std::vector<ArcIndex>& arcs_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> stack_;
};

/// The ranks from a climb's node up to `rank`, that rank last.
std::vector<std::uint32_t> ranks_to(Climb const& climb, Hierarchy const& hierarchy,
                                    std::uint32_t node, std::uint32_t rank,
                                    std::vector<Time> const& entry_times) {
  std::vector<std::uint32_t> ranks{rank};
  while (ranks.back() != node) {
    ranks.push_back(climb.before(hierarchy, ranks.back(), entry_times));
  }
  std::reverse(ranks.begin(), ranks.end());
  return ranks;
}

}  // namespace

std::optional<Path> shortest_path(CustomisedHierarchy const& customised, NodeIndex source,
                                  NodeIndex target) {
  if (source == target) {
    return Path{};
  }
  Hierarchy const& hierarchy = customised.hierarchy();
  Elimination const& tree = hierarchy.elimination();
  EntryTimes const& entries = customised.entry_times();
  Climb const out{hierarchy, source, entries.up};
  Climb const in{hierarchy, target, entries.down};
  Time best = kClosed;
  std::uint32_t top = kNone;
  for (std::uint32_t const s : out.supernodes()) {
    for (std::uint32_t rank = tree.first[s]; rank < tree.first[s + 1]; ++rank) {
      if (out.times()[rank] + in.times()[rank] < best) {
        best = out.times()[rank] + in.times()[rank];
        top = rank;
      }
    }
  }
  if (top == kNone) {
    return std::nullopt;
  }
  Path path{TravelTime{best}, {}};
  Unpacking unpacking{customised, path.arcs};
  auto const up = ranks_to(out, hierarchy, tree.rank_of[source.place], top, entries.up);
  for (std::size_t i = 1; i < up.size(); ++i) {
    unpacking.run(up[i - 1], up[i]);
  }
  auto const down = ranks_to(in, hierarchy, tree.rank_of[target.place], top, entries.down);
  for (std::size_t i = down.size(); i-- > 1;) {
    unpacking.run(down[i], down[i - 1]);
  }
  return path;
}

std::vector<TravelTime> one_to_all(CustomisedHierarchy const& customised, NodeIndex source) {
  Hierarchy const& hierarchy = customised.hierarchy();
  Elimination const& tree = hierarchy.elimination();
  std::vector<Time> const& down = customised.entry_times().down;
  Climb climb{hierarchy, source, customised.entry_times().up};
  std::vector<Time>& times = climb.times();
  for (std::uint32_t s = tree.count(); s-- > 0;) {
    std::uint32_t const first = tree.first[s];
    std::uint32_t const width = tree.width(s);
    Time const* by = down.data() + hierarchy.first_entry(s) + std::size_t{width} * (width - 1) / 2;
    for (std::uint32_t const upper : tree.rows_of(s)) {
      for (std::uint32_t k = 0; k < width; ++k) {
        times[first + k] = std::min(times[first + k], times[upper] + by[k]);
      }
      by += width;
    }
    by = down.data() + hierarchy.first_entry(s) + std::size_t{width} * (width - 1) / 2;
    for (std::uint32_t row = width; row-- > 1;) {
      by -= row;
      for (std::uint32_t k = 0; k < row; ++k) {
        times[first + k] = std::min(times[first + k], times[first + row] + by[k]);
      }
    }
  }
  std::vector<TravelTime> result(times.size());
  for (std::size_t node = 0; node < result.size(); ++node) {
    result[node] = TravelTime{times[tree.rank_of[node]]};
  }
  return result;
}

}  // namespace guarantor::geo
