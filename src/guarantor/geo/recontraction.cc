#include "guarantor/geo/recontraction.h"

#include <algorithm>
#include <utility>

#include "guarantor/geo/customised_hierarchy.h"

namespace guarantor::geo {

namespace {

constexpr std::uint32_t kClosed = TravelTime::kNeverCount;

/// Where the entries of one row of a supernode begin, against the supernode's own first.
std::size_t row_begin(std::size_t row, std::size_t width) {
  return row < width ? row * (row - (row > 0 ? 1 : 0)) / 2
                     : width * (width - 1) / 2 + (row - width) * width;
}

}  // namespace

Recontraction::Recontraction(Hierarchy const& hierarchy, ArcTimes const& arc_times,
                             EntryTimes& times)
    : hierarchy_{hierarchy}, tree_{hierarchy.elimination()}, arc_times_{arc_times}, times_{times} {}

bool Recontraction::run(std::span<ArcIndex const> changed) {
  // Working out one entry afresh costs as much as some hundred in the course of contracting all.
  constexpr std::size_t kDearer = 200;
  std::size_t const most = 1'000 + hierarchy_.entry_count() / kDearer;
  for (ArcIndex const index : changed) {
    RoutingArc const arc = hierarchy_.graph().arc(index);
    if (arc.tail != arc.head) {
      auto const [lower, upper] =
          std::minmax(tree_.rank_of[arc.tail.place], tree_.rank_of[arc.head.place]);
      waiting_[lower].push_back(upper);
    }
  }
  while (!waiting_.empty()) {
    auto column = waiting_.extract(waiting_.begin());
    std::uint32_t const lower = column.key();
    auto& uppers = column.mapped();
    std::sort(uppers.begin(), uppers.end());
    uppers.erase(std::unique(uppers.begin(), uppers.end()), uppers.end());
    entries_seen_ += uppers.size();
    if (entries_seen_ > most) {
      return false;
    }
    std::vector<Change> changes;
    for (std::uint32_t const upper : uppers) {
      Hierarchy::Entry const entry = hierarchy_.entry(lower, upper);
      Both const before{times_.up[entry], times_.down[entry]};
      Both const now = afresh(lower, upper);
      if (now != before) {
        times_.up[entry] = now.up;
        times_.down[entry] = now.down;
        changes.push_back({upper, before});
      }
    }
    if (!changes.empty()) {
      pass_on(lower, changes);
    }
  }
  return true;
}

/// The best of the graph's own arcs and of all ways over one lower rank.
Recontraction::Both Recontraction::afresh(std::uint32_t lower, std::uint32_t upper) const {
  NodeIndex const one{tree_.node_at[lower]};
  NodeIndex const other{tree_.node_at[upper]};
  Both best{quickest_arc(hierarchy_.graph(), arc_times_, one, other).time.count(),
            quickest_arc(hierarchy_.graph(), arc_times_, other, one).time.count()};
  for (std::uint32_t const s : hierarchy_.seeing(lower)) {
    auto const rows = tree_.rows_of(s);
    auto const found = std::lower_bound(rows.begin(), rows.end(), upper);
    if (found == rows.end() || *found != upper) {
      continue;
    }
    auto const at = std::lower_bound(rows.begin(), found, lower);
    std::size_t const width = tree_.width(s);
    over_supernode(s, width + static_cast<std::size_t>(at - rows.begin()),
                   width + static_cast<std::size_t>(found - rows.begin()), width, best);
  }
  std::uint32_t const own = tree_.supernode_of[lower];
  std::size_t const column = lower - tree_.first[own];
  if (column > 0) {
    std::size_t row = upper - tree_.first[own];
    if (upper >= tree_.first[own + 1]) {
      auto const rows = tree_.rows_of(own);
      auto const at = std::lower_bound(rows.begin(), rows.end(), upper);
      row = tree_.width(own) + static_cast<std::size_t>(at - rows.begin());
    }
    over_supernode(own, column, row, column, best);
  }
  return best;
}

void Recontraction::over_supernode(std::uint32_t supernode, std::size_t row_lower,
                                   std::size_t row_upper, std::size_t columns, Both& best) const {
  std::size_t const first = hierarchy_.first_entry(supernode);
  std::size_t const width = tree_.width(supernode);
  std::size_t const lower = first + row_begin(row_lower, width);
  std::size_t const upper = first + row_begin(row_upper, width);
  for (std::size_t k = 0; k < columns; ++k) {
    best.up = std::min(best.up, times_.down[lower + k] + times_.up[upper + k]);
    best.down = std::min(best.down, times_.down[upper + k] + times_.up[lower + k]);
  }
}

/// Lists all that a rank sees with the times to and from it.
void Recontraction::list_column(std::uint32_t lower) {
  column_.clear();
  now_.clear();
  std::uint32_t const s = tree_.supernode_of[lower];
  std::size_t const first = hierarchy_.first_entry(s);
  std::size_t const width = tree_.width(s);
  std::size_t const k = lower - tree_.first[s];
  auto const rows = tree_.rows_of(s);
  for (std::size_t row = k + 1; row < width + rows.size(); ++row) {
    std::size_t const entry = first + row_begin(row, width) + k;
    column_.push_back(row < width ? tree_.first[s] + static_cast<std::uint32_t>(row)
                                  : rows[row - width]);
    now_.push_back({times_.up[entry], times_.down[entry]});
  }
}

/// Has every entry looked at again whose time may change with the times of a rank's entries.
void Recontraction::pass_on(std::uint32_t lower, std::span<Change const> changes) {
  list_column(lower);
  before_ = now_;
  for (Change const& change : changes) {
    auto const at = std::lower_bound(column_.begin(), column_.end(), change.upper);
    before_[static_cast<std::size_t>(at - column_.begin())] = change.before;
  }
  auto const moves = [](std::uint32_t known, std::uint32_t before, std::uint32_t now) {
    return now < known || (before == known && now > before && known != kClosed);
  };
  for (Change const& change : changes) {
    std::uint32_t const q = change.upper;
    auto const of_q = static_cast<std::size_t>(std::lower_bound(column_.begin(), column_.end(), q) -
                                               column_.begin());
    std::uint32_t supernode = Elimination::kNone;
    std::size_t row = 0;
    for (std::size_t x = 0; x < column_.size(); ++x) {
      if (x == of_q) {
        continue;
      }
      auto const [low, high] = std::minmax(column_[x], q);
      std::size_t entry{};
      if (column_[x] < q) {  // the row of q in x's supernode serves all of that supernode
        if (tree_.supernode_of[low] != supernode) {
          supernode = tree_.supernode_of[low];
          row = hierarchy_.entry(low, high) - (low - tree_.first[supernode]);
        }
        entry = row + (low - tree_.first[supernode]);
      } else {
        entry = hierarchy_.entry(low, high);
      }
      // Ways from the lower of the two over this rank to the higher, and back.
      std::size_t const l = std::min(x, of_q);
      std::size_t const h = std::max(x, of_q);
      if (moves(times_.up[entry], before_[l].down + before_[h].up, now_[l].down + now_[h].up) ||
          moves(times_.down[entry], before_[h].down + before_[l].up, now_[h].down + now_[l].up)) {
        waiting_[low].push_back(high);
      }
    }
  }
}

}  // namespace guarantor::geo
