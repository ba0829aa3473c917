#include "guarantor/geo/travel_table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "guarantor/geo/min_plus.h"
#include "guarantor/geo/work_sharing.h"

namespace guarantor::geo {
namespace {

using Time = TravelTime::Rep;
constexpr std::uint32_t kNone = Elimination::kNone;

/// Up to kLanes of the nodes asked for, by their places in the question.
using Batch = std::span<std::uint32_t const>;

/// The times between the nodes of a batch and every rank on their ways to the root: each pair's
/// shortest way passes its highest rank there (hub labels over the tree of the hierarchy).
struct Labels {
  std::vector<std::uint32_t> supernodes;  ///< ascending
  std::vector<std::uint32_t> begin;       ///< where a supernode's ranks begin
  std::vector<Time> times;                ///< kLanes for each rank
};

class Labelling {
 public:
  explicit Labelling(Hierarchy const& hierarchy)
      : hierarchy_{hierarchy}, tree_{hierarchy.elimination()}, begin_(tree_.count(), kNone) {}

  /// Climbs from a batch of nodes; `entry_times` lead from them up, or from above to them.
  Labels climb(std::span<NodeIndex const> nodes, Batch batch,
               std::vector<Time> const& entry_times) {
    Labels labels;
    collect(nodes, batch, labels);
    for (std::size_t lane = 0; lane < batch.size(); ++lane) {
      std::uint32_t const rank = tree_.rank_of[nodes[batch[lane]].place];
      labels.times[place_of(rank) * kLanes + lane] = 0;
    }
    for (std::uint32_t const s : labels.supernodes) {
      raise(s, entry_times, labels);
    }
    for (std::uint32_t const s : labels.supernodes) {
      begin_[s] = kNone;
    }
    return labels;
  }

 private:
  void collect(std::span<NodeIndex const> nodes, Batch batch, Labels& labels) {
    for (std::uint32_t const place : batch) {
      std::uint32_t s = tree_.supernode_of[tree_.rank_of[nodes[place].place]];
      for (; s != kNone && begin_[s] == kNone; s = tree_.parent[s]) {
        begin_[s] = 0;
        labels.supernodes.push_back(s);
      }
    }
    std::sort(labels.supernodes.begin(), labels.supernodes.end());
    std::uint32_t ranks = 0;
    for (std::uint32_t const s : labels.supernodes) {
      begin_[s] = ranks;
      labels.begin.push_back(ranks);
      ranks += tree_.width(s);
    }
    labels.times.assign(ranks * kLanes, TravelTime::kNeverCount);
  }

  [[nodiscard]] std::uint32_t place_of(std::uint32_t rank) const {
    std::uint32_t const s = tree_.supernode_of[rank];
    return begin_[s] + rank - tree_.first[s];
  }

  /// Takes a supernode's times, its own ranks in turn, to all that it sees.
  void raise(std::uint32_t s, std::vector<Time> const& entry_times, Labels& labels) {
    auto const pull = min_plus().pull;
    std::uint32_t const width = tree_.width(s);
    Time const* by = entry_times.data() + hierarchy_.first_entry(s);
    Time const* const from = labels.times.data() + std::size_t{begin_[s]} * kLanes;
    for (std::uint32_t row = 1; row < width; ++row) {
      std::uint32_t const place = begin_[s] + row;
      pull(labels.times.data(), &place, 1, from, row, by);
      by += row;
    }
    places_.clear();
    for (std::uint32_t const rank : tree_.rows_of(s)) {
      places_.push_back(place_of(rank));
    }
    pull(labels.times.data(), places_.data(), places_.size(), from, width, by);
  }

  Hierarchy const& hierarchy_;
  Elimination const& tree_;
  std::vector<std::uint32_t> begin_;  ///< by supernode, for the batch at hand
  std::vector<std::uint32_t> places_;
};

/// The nodes of one side of a table, those near each other in the tree together.
class Batches {
 public:
  Batches(Hierarchy const& hierarchy, std::span<NodeIndex const> nodes)
      : nodes_{nodes}, order_(nodes.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    auto const& rank_of = hierarchy.elimination().rank_of;
    std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return rank_of[nodes[a].place] < rank_of[nodes[b].place];
    });
  }

  [[nodiscard]] std::size_t count() const { return (order_.size() + kLanes - 1) / kLanes; }
  [[nodiscard]] Batch batch(std::size_t i) const {
    return Batch{order_}.subspan(i * kLanes, std::min(kLanes, order_.size() - i * kLanes));
  }

  /// The labels of batches [begin, end).
  [[nodiscard]] std::vector<Labels> labels(Hierarchy const& hierarchy, std::size_t begin,
                                           std::size_t end, std::vector<Time> const& entry_times,
                                           int threads) const {
    std::vector<Labels> all(end - begin);
    auto const pieces = std::min<std::size_t>(static_cast<std::size_t>(threads) * 4, all.size());
    share_work(pieces, threads, [&](std::size_t piece) {
      Labelling labelling{hierarchy};
      for (std::size_t i = piece; i < all.size(); i += pieces) {
        all[i] = labelling.climb(nodes_, batch(begin + i), entry_times);
      }
    });
    return all;
  }

 private:
  std::span<NodeIndex const> nodes_;
  std::vector<std::uint32_t> order_;
};

/// The least sum of times over all ranks that both batches know.
void meet(Elimination const& tree, Labels const& from, Labels const& to, Time* times) {
  auto const join = min_plus().join;
  std::fill_n(times, kLanes * kLanes, TravelTime::kNeverCount);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < from.supernodes.size() && j < to.supernodes.size()) {
    if (from.supernodes[i] != to.supernodes[j]) {
      (from.supernodes[i] < to.supernodes[j] ? i : j) += 1;
      continue;
    }
    join(times, from.times.data() + std::size_t{from.begin[i]} * kLanes,
         to.times.data() + std::size_t{to.begin[j]} * kLanes, tree.width(from.supernodes[i]));
    ++i;
    ++j;
  }
}

}  // namespace

TravelTable travel_table(CustomisedHierarchy const& customised, std::span<NodeIndex const> sources,
                         std::span<NodeIndex const> targets, int threads) {
  constexpr std::size_t kBatchesAtOnce = 128;
  threads = std::max(1, threads);
  Hierarchy const& hierarchy = customised.hierarchy();
  Batches const from{hierarchy, sources};
  Batches const to{hierarchy, targets};
  TravelTable table{sources.size(), targets.size()};
  for (std::size_t t = 0; t < to.count(); t += kBatchesAtOnce) {
    std::size_t const t_end = std::min(t + kBatchesAtOnce, to.count());
    auto const to_labels = to.labels(hierarchy, t, t_end, customised.entry_times().down, threads);
    for (std::size_t s = 0; s < from.count(); s += kBatchesAtOnce) {
      std::size_t const s_end = std::min(s + kBatchesAtOnce, from.count());
      auto const from_labels =
          from.labels(hierarchy, s, s_end, customised.entry_times().up, threads);
      share_work(from_labels.size(), threads, [&](std::size_t i) {
        alignas(64) Time times[kLanes * kLanes];
        Batch const rows = from.batch(s + i);
        for (std::size_t j = 0; j < to_labels.size(); ++j) {
          meet(hierarchy.elimination(), from_labels[i], to_labels[j], times);
          Batch const columns = to.batch(t + j);
          for (std::size_t row = 0; row < rows.size(); ++row) {
            for (std::size_t column = 0; column < columns.size(); ++column) {
              table.row(rows[row])[columns[column]] = TravelTime{times[row * kLanes + column]};
            }
          }
        }
      });
    }
  }
  return table;
}

}  // namespace guarantor::geo
