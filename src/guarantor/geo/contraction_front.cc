#include "guarantor/geo/contraction_front.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "guarantor/geo/min_plus.h"
#include "guarantor/geo/travel_time.h"
#include "guarantor/geo/work_sharing.h"

namespace guarantor::geo {
namespace {

using Time = TravelTime::Rep;
constexpr Time kClosed = TravelTime::kNeverCount;
constexpr std::uint32_t kNone = Elimination::kNone;

/// A square matrix of times from each rank a supernode holds or sees to each other.
struct Front {
  std::vector<Time> times;
  std::size_t size{};
  std::size_t stride{};

  void clear(std::size_t ranks) {
    size = ranks;
    stride = (ranks + kLanes - 1) / kLanes * kLanes;
    times.assign(size * stride, kClosed);
  }
  [[nodiscard]] Time* row(std::size_t i) { return times.data() + i * stride; }
};

class Contraction {
 public:
  Contraction(Hierarchy const& hierarchy, int threads, EntryTimes& times)
      : hierarchy_{hierarchy},
        tree_{hierarchy.elimination()},
        threads_{threads},
        times_{times},
        left_(tree_.count()),
        first_child_(tree_.count(), kNone),
        next_child_(tree_.count(), kNone) {
    for (std::uint32_t s = tree_.count(); s-- > 0;) {
      if (std::uint32_t const above = tree_.parent[s]; above != kNone) {
        next_child_[s] = std::exchange(first_child_[above], s);
      }
    }
  }

  void run() {
    std::vector<std::uint32_t> const tops = subtrees();
    std::vector<std::uint32_t> const lowest = lowest_of_subtree();
    std::vector<bool> done(tree_.count(), false);
    for (std::uint32_t const top : tops) {
      std::fill(done.begin() + lowest[top], done.begin() + top + 1, true);
    }
    share_work(tops.size(), threads_, [&](std::size_t place) {
      Front front;
      std::vector<std::uint32_t> where;
      for (std::uint32_t s = lowest[tops[place]]; s <= tops[place]; ++s) {
        contract(s, 1, front, where);
      }
    });
    Front front;
    std::vector<std::uint32_t> where;
    for (std::uint32_t s = 0; s < tree_.count(); ++s) {
      if (!done[s]) {
        contract(s, threads_, front, where);
      }
    }
  }

 private:
  [[nodiscard]] double work(std::uint32_t s) const {
    auto const width = static_cast<double>(tree_.width(s));
    double const size = width + static_cast<double>(tree_.rows_of(s).size());
    return width * size * size + 100;
  }

  /// Disjoint subtrees that hold most of the work in pieces worth sharing out, the largest first.
  [[nodiscard]] std::vector<std::uint32_t> subtrees() const {
    std::vector<double> below(tree_.count());
    double all = 0;
    for (std::uint32_t s = 0; s < tree_.count(); ++s) {
      below[s] += work(s);
      all += work(s);
      if (tree_.parent[s] != kNone) {
        below[tree_.parent[s]] += below[s];
      }
    }
    constexpr double kPieces = 16;
    double const most = all / (kPieces * threads_);
    std::vector<std::uint32_t> tops;
    for (std::uint32_t s = 0; s < tree_.count(); ++s) {
      bool const top = tree_.parent[s] == kNone || below[tree_.parent[s]] > most;
      if (below[s] <= most && top) {
        tops.push_back(s);
      }
    }
    std::stable_sort(tops.begin(), tops.end(), [&](auto a, auto b) { return below[a] > below[b]; });
    return tops;
  }

  [[nodiscard]] std::vector<std::uint32_t> lowest_of_subtree() const {
    std::vector<std::uint32_t> lowest(tree_.count());
    for (std::uint32_t s = 0; s < tree_.count(); ++s) {
      lowest[s] = first_child_[s] == kNone ? s : lowest[first_child_[s]];
    }
    return lowest;
  }

  void contract(std::uint32_t s, int threads, Front& front, std::vector<std::uint32_t>& where) {
    std::size_t const width = tree_.width(s);
    auto const rows = tree_.rows_of(s);
    front.clear(width + rows.size());
    exchange(s, front, [](Time& in_front, Time entry) { in_front = entry; });
    for (std::uint32_t child = first_child_[s]; child != kNone; child = next_child_[child]) {
      take_in(s, child, front, where);
    }
    eliminate(front, width, threads);
    exchange(s, front, [](Time in_front, Time& entry) { entry = in_front; });
    keep_rest(s, front, width);
  }

  /// Calls `move(in front, entry)` for both times of every entry of a supernode.
  template <class Move>
  void exchange(std::uint32_t s, Front& front, Move const& move) {
    std::size_t const width = tree_.width(s);
    Time* up = times_.up.data() + hierarchy_.first_entry(s);
    Time* down = times_.down.data() + hierarchy_.first_entry(s);
    for (std::size_t i = 0; i < front.size; ++i) {
      for (std::size_t k = 0; k < std::min(i, width); ++k) {
        move(front.row(k)[i], *up++);
        move(front.row(i)[k], *down++);
      }
    }
  }

  /// Lowers the front to what a child has left for it.
  void take_in(std::uint32_t s, std::uint32_t child, Front& front,
               std::vector<std::uint32_t>& where) {
    auto const seen = tree_.rows_of(child);
    auto const rows = tree_.rows_of(s);
    where.clear();
    std::size_t row = 0;
    for (std::uint32_t const rank : seen) {
      if (rank < tree_.first[s + 1]) {
        where.push_back(rank - tree_.first[s]);
        continue;
      }
      while (rows[row] < rank) {
        ++row;
      }
      where.push_back(static_cast<std::uint32_t>(tree_.width(s) + row));
    }
    Time const* from = left_[child].get();
    for (std::uint32_t const i : where) {
      Time* const to = front.row(i);
      for (std::uint32_t const j : where) {
        to[j] = std::min(to[j], *from++);
      }
    }
    left_[child].reset();
  }

  /// Contracts the first `width` ranks of the front, some at a time.
  static void eliminate(Front& front, std::size_t width, int threads) {
    constexpr std::size_t kAtOnce = 64;
    constexpr std::size_t kRowsPerTask = 64;
    constexpr std::size_t kWorthSharing = 512;
    auto const multiply = min_plus().multiply;
    std::size_t const stride = front.stride;
    for (std::size_t begin = 0; begin < width; begin += kAtOnce) {
      std::size_t const end = std::min(begin + kAtOnce, width);
      for (std::size_t k = begin; k < end; ++k) {
        multiply(front.row(k + 1) + k + 1, stride, front.row(k + 1) + k, stride,
                 front.row(k) + k + 1, stride, end - k - 1, front.size - k - 1, 1);
      }
      auto const lower_rows = [&](std::size_t from, std::size_t to) {
        for (std::size_t k = begin; k < end; ++k) {
          multiply(front.row(from) + k + 1, stride, front.row(from) + k, stride,
                   front.row(k) + k + 1, stride, to - from, end - k - 1, 1);
        }
        multiply(front.row(from) + end, stride, front.row(from) + begin, stride,
                 front.row(begin) + end, stride, to - from, front.size - end, end - begin);
      };
      std::size_t const left = front.size - end;
      if (threads == 1 || left < kWorthSharing) {
        lower_rows(end, front.size);
        continue;
      }
      share_work((left + kRowsPerTask - 1) / kRowsPerTask, threads, [&](std::size_t task) {
        std::size_t const from = end + task * kRowsPerTask;
        lower_rows(from, std::min(from + kRowsPerTask, front.size));
      });
    }
  }

  /// Leaves the times among the later ranks for the parent.
  void keep_rest(std::uint32_t s, Front& front, std::size_t width) {
    std::size_t const rest = front.size - width;
    if (rest == 0) {
      return;
    }
    left_[s] = std::make_unique_for_overwrite<Time[]>(rest * rest);
    for (std::size_t i = 0; i < rest; ++i) {
      std::copy_n(front.row(width + i) + width, rest, left_[s].get() + i * rest);
    }
  }

  Hierarchy const& hierarchy_;
  Elimination const& tree_;
  int threads_;
  EntryTimes& times_;
  std::vector<std::unique_ptr<Time[]>> left_;  ///< by supernode, until its parent takes it
  std::vector<std::uint32_t> first_child_;
  std::vector<std::uint32_t> next_child_;
};

}  // namespace

void contract(Hierarchy const& hierarchy, int threads, EntryTimes& times) {
  Contraction{hierarchy, std::max(1, threads), times}.run();
}

}  // namespace guarantor::geo
