#include "guarantor/geo/elimination.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace guarantor::geo {
namespace {

constexpr std::uint32_t kNone = Elimination::kNone;

/// For every rank the lower (or, with `upper`, the higher) ranks it has an arc to or from; doubles
/// stay in.
struct Neighbours {
  std::vector<std::uint64_t> first;
  std::vector<std::uint32_t> ranks;

  [[nodiscard]] std::span<std::uint32_t const> of(std::uint32_t rank) const {
    return {ranks.data() + first[rank], ranks.data() + first[rank + 1]};
  }
};

Neighbours neighbours(RoutingGraph const& graph, std::vector<std::uint32_t> const& rank_of,
                      bool upper) {
  Neighbours found;
  found.first.assign(graph.node_count() + 1, 0);
  auto const ends = [&](std::uint32_t a) {
    RoutingArc const arc = graph.arc(ArcIndex{a});
    std::uint32_t const one = rank_of[arc.tail.place];
    std::uint32_t const other = rank_of[arc.head.place];
    return upper == (one < other) ? std::pair{one, other} : std::pair{other, one};
  };
  for (std::uint32_t a = 0; a < graph.arc_count(); ++a) {
    if (auto const [from, to] = ends(a); from != to) {
      ++found.first[from + 1];
    }
  }
  for (std::size_t n = 0; n < graph.node_count(); ++n) {
    found.first[n + 1] += found.first[n];
  }
  found.ranks.resize(found.first.back());
  std::vector<std::uint64_t> next(found.first.begin(), found.first.end() - 1);
  for (std::uint32_t a = 0; a < graph.arc_count(); ++a) {
    if (auto const [from, to] = ends(a); from != to) {
      found.ranks[next[from]++] = to;
    }
  }
  return found;
}

/// The elimination tree: each rank's parent is the least later rank it sees (Liu, "The role of
/// elimination trees in sparse factorization", 1990).
std::vector<std::uint32_t> tree_of(Neighbours const& lower, std::uint32_t count) {
  std::vector<std::uint32_t> parent(count, kNone);
  std::vector<std::uint32_t> ancestor(count, kNone);
  for (std::uint32_t rank = 0; rank < count; ++rank) {
    for (std::uint32_t below : lower.of(rank)) {
      while (ancestor[below] != kNone && ancestor[below] != rank) {
        below = std::exchange(ancestor[below], rank);
      }
      if (ancestor[below] == kNone && below != rank) {
        ancestor[below] = rank;
        parent[below] = rank;
      }
    }
  }
  return parent;
}

/// Renumbers ranks so that children come right before their parents: place by old rank.
std::vector<std::uint32_t> postorder(std::vector<std::uint32_t> const& parent) {
  auto const count = static_cast<std::uint32_t>(parent.size());
  // A subtree begins where its parent's earlier subtrees end.
  std::vector<std::uint32_t> size(count, 1);
  for (std::uint32_t rank = 0; rank < count; ++rank) {
    if (parent[rank] != kNone) {
      size[parent[rank]] += size[rank];
    }
  }
  std::vector<std::uint32_t> begin(count);
  std::vector<std::uint32_t> taken(count, 0);
  std::uint32_t roots = 0;
  std::vector<std::uint32_t> place(count);
  std::vector<std::uint32_t> place_of_child(count);
  // Children in rank order: a first pass upwards fixes what comes before each of them.
  for (std::uint32_t rank = 0; rank < count; ++rank) {
    std::uint32_t& used = parent[rank] == kNone ? roots : taken[parent[rank]];
    place_of_child[rank] = used;
    used += size[rank];
  }
  for (std::uint32_t rank = count; rank-- > 0;) {
    begin[rank] = place_of_child[rank] + (parent[rank] == kNone ? 0 : begin[parent[rank]]);
    place[rank] = begin[rank] + size[rank] - 1;
  }
  return place;
}

/// Finds what every rank sees, from the lowest up: its own later neighbours and what its children
/// in the tree see. Ranks that see just what the one before sees, less themselves, join its
/// supernode.
class Structure {
 public:
  Structure(Neighbours const& upper, std::vector<std::uint32_t> const& parent, Elimination& result)
      : upper_{upper}, parent_{parent}, result_{result}, waiting_(parent.size()) {}

  void find() {
    auto const count = static_cast<std::uint32_t>(parent_.size());
    result_.supernode_of.resize(count);
    result_.first_row.push_back(0);
    Seen before;
    for (std::uint32_t rank = 0; rank < count; ++rank) {
      bool const child = rank > 0 && parent_[rank - 1] == rank;
      if (child && sees_no_more(rank, before)) {
        ++before.gone;
        std::vector<Seen>{}.swap(waiting_[rank]);
      } else {
        if (rank > 0) {
          close(before);
        }
        result_.first.push_back(rank);
        if (rank > 0 && parent_[rank - 1] != kNone) {
          waiting_[parent_[rank - 1]].push_back(std::move(before));
        }
        before = {all_seen(rank), 0};
      }
      result_.supernode_of[rank] = static_cast<std::uint32_t>(result_.first.size() - 1);
    }
    if (count > 0) {
      close(before);
    }
    result_.first.push_back(count);
  }

 private:
  /// An ascending list, less its first `gone` members.
  struct Seen {
    std::vector<std::uint32_t> list;
    std::size_t gone{0};
    [[nodiscard]] std::size_t size() const { return list.size() - gone; }
    [[nodiscard]] auto begin() const { return list.begin() + static_cast<std::ptrdiff_t>(gone); }
    [[nodiscard]] auto end() const { return list.end(); }
  };

  /// Whether a rank sees just what `before`, its child and the rank before it, sees less itself.
  bool sees_no_more(std::uint32_t rank, Seen const& before) {
    auto const held = [&](std::uint32_t seen) {
      return std::binary_search(before.begin() + 1, before.end(), seen);
    };
    return std::ranges::all_of(upper_.of(rank), held) &&
           std::ranges::all_of(waiting_[rank], [&](Seen const& child) {
             return std::includes(before.begin() + 1, before.end(), child.begin() + 1, child.end());
           });
  }

  /// What a rank sees itself and through its children; gives these up.
  std::vector<std::uint32_t> const& all_seen(std::uint32_t rank) {
    scratch_.assign(upper_.of(rank).begin(), upper_.of(rank).end());
    std::sort(scratch_.begin(), scratch_.end());
    scratch_.erase(std::unique(scratch_.begin(), scratch_.end()), scratch_.end());
    for (Seen const& child : waiting_[rank]) {
      merge(child.begin() + 1, child.end());
    }
    std::vector<Seen>{}.swap(waiting_[rank]);
    return scratch_;
  }

  template <class Iterator>
  void merge(Iterator begin, Iterator end) {
    merged_.clear();
    std::set_union(scratch_.begin(), scratch_.end(), begin, end, std::back_inserter(merged_));
    scratch_.swap(merged_);
  }

  /// Ends the supernode whose last rank sees `seen`.
  void close(Seen const& seen) {
    result_.rows.insert(result_.rows.end(), seen.begin(), seen.end());
    result_.first_row.push_back(result_.rows.size());
    result_.parent.push_back(seen.size() == 0 ? kNone : *seen.begin());
  }

  Neighbours const& upper_;
  std::vector<std::uint32_t> const& parent_;
  Elimination& result_;
  std::vector<std::vector<Seen>> waiting_;
  std::vector<std::uint32_t> scratch_;
  std::vector<std::uint32_t> merged_;
};

}  // namespace

Elimination eliminate(RoutingGraph const& graph, std::vector<NodeIndex> const& order) {
  auto const count = static_cast<std::uint32_t>(order.size());
  Elimination result;
  std::vector<std::uint32_t> rank_of(count);
  for (std::uint32_t rank = 0; rank < count; ++rank) {
    rank_of[order[rank].place] = rank;
  }
  std::vector<std::uint32_t> const old_parent = tree_of(neighbours(graph, rank_of, false), count);
  std::vector<std::uint32_t> const place = postorder(old_parent);
  std::vector<std::uint32_t> parent(count, kNone);
  result.rank_of.resize(count);
  result.node_at.resize(count);
  for (std::uint32_t old = 0; old < count; ++old) {
    result.rank_of[order[old].place] = place[old];
    result.node_at[place[old]] = order[old].place;
    if (old_parent[old] != kNone) {
      parent[place[old]] = place[old_parent[old]];
    }
  }
  Structure{neighbours(graph, result.rank_of, true), parent, result}.find();
  for (std::uint32_t& above : result.parent) {
    above = above == kNone ? kNone : result.supernode_of[above];
  }
  return result;
}

}  // namespace guarantor::geo
