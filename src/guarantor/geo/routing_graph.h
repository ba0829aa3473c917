#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/geo/travel_time.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"

namespace guarantor::geo {

/// A node of one routing graph, by its place among the nodes given; it compares and does no more.
struct NodeIndex {
  std::uint32_t place{};
  friend auto operator<=>(NodeIndex, NodeIndex) = default;
};

/// An arc of one routing graph, by its place among the arcs given; it compares and does no more.
struct ArcIndex {
  std::uint32_t place{};
  friend auto operator<=>(ArcIndex, ArcIndex) = default;
};

/// One way from `tail` to `head`. A road open both ways is two arcs.
struct RoutingArc {
  NodeIndex tail;
  NodeIndex head;
  friend bool operator==(RoutingArc, RoutingArc) = default;
};

/// An arc as seen from its tail.
struct LeavingArc {
  NodeIndex head;
  ArcIndex arc;
};

/// The topology that all movement classes share: nodes with their positions and directed arcs, no
/// times. Loops, parallel arcs, one-way arcs and islands are all allowed. Immutable.
class RoutingGraph {
 public:
  /// Takes at most 2^31 nodes and arcs each. Bad input: an arc to a node that does not exist, or a
  /// position that is not finite; the message names it. O(nodes + arcs log arcs).
  static model::Result<RoutingGraph> build(std::vector<model::Position> positions,
                                           std::vector<RoutingArc> arcs);

  [[nodiscard]] std::size_t node_count() const { return positions_.size(); }
  [[nodiscard]] std::size_t arc_count() const { return arcs_.size(); }
  [[nodiscard]] model::Position position(NodeIndex node) const { return positions_[node.place]; }
  [[nodiscard]] RoutingArc arc(ArcIndex index) const { return arcs_[index.place]; }

  /// The arcs that leave a node, by head and then by arc.
  [[nodiscard]] std::span<LeavingArc const> leaving(NodeIndex node) const {
    return {leaving_.data() + first_[node.place], leaving_.data() + first_[node.place + 1]};
  }
  /// The arcs from one node to another: none, one, or several parallel ones, by arc. O(log degree).
  [[nodiscard]] std::span<LeavingArc const> between(NodeIndex tail, NodeIndex head) const;

  /// A number that any other graph has with probability 2^-64 only: what a cache is checked by.
  [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  RoutingGraph() = default;

  std::vector<model::Position> positions_;
  std::vector<RoutingArc> arcs_;
  std::vector<std::uint32_t> first_;
  std::vector<LeavingArc> leaving_;
  std::uint64_t fingerprint_{};
};

/// The travel time of every arc of a graph, in the order of its arcs: one movement class under one
/// set of closures. `kNever` closes an arc; zero is allowed.
using ArcTimes = std::vector<TravelTime>;

}  // namespace guarantor::geo
