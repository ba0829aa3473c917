#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/geo/routing_graph.h"

namespace guarantor::geo {

/// What contracting the nodes of a graph one after the other leaves: a tree of *supernodes*, runs
/// of nodes contracted in a row that all see the same later nodes. Nodes are known by their rank,
/// the place in the order of contraction. What a node can see lies on the way from it to its tree's
/// root.
struct Elimination {
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::vector<std::uint32_t> rank_of;       ///< by node
  std::vector<std::uint32_t> node_at;       ///< by rank
  std::vector<std::uint32_t> supernode_of;  ///< by rank
  std::vector<std::uint32_t> first;         ///< first rank of a supernode; one more than there are
  std::vector<std::uint64_t> first_row;     ///< where a supernode's rows begin in `rows`; likewise
  std::vector<std::uint32_t> rows;          ///< later ranks a supernode sees, ascending
  std::vector<std::uint32_t> parent;        ///< of a supernode; kNone at a root

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(parent.size()); }
  [[nodiscard]] std::uint32_t width(std::uint32_t s) const { return first[s + 1] - first[s]; }
  [[nodiscard]] std::span<std::uint32_t const> rows_of(std::uint32_t s) const {
    return {rows.data() + first_row[s], rows.data() + first_row[s + 1]};
  }
};

/// Contracts the nodes in an order like `order`: ranks are renumbered so that each subtree is a run
/// of ranks. O(arcs of the hierarchy).
[[nodiscard]] Elimination eliminate(RoutingGraph const& graph, std::vector<NodeIndex> const& order);

}  // namespace guarantor::geo
