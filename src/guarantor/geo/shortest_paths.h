#pragma once

#include <optional>
#include <vector>

#include "guarantor/geo/customised_hierarchy.h"
#include "guarantor/geo/routing_graph.h"

namespace guarantor::geo {

/// A way through the network: its arcs in order, and the sum of their times.
struct Path {
  TravelTime time;
  std::vector<ArcIndex> arcs;
};

/// Shortest times from one node by Dijkstra's algorithm (1959): the plain way, which all others are
/// held against, and the better one where only what lies near is asked for.
class ShortestPathTree {
 public:
  /// Times above `limit` are not looked for and stand as never.
  /// REQUIRES: a node of the graph, a time for every arc. O(reached log reached).
  ShortestPathTree(RoutingGraph const& graph, ArcTimes const& times, NodeIndex source,
                   TravelTime limit = kNever);

  [[nodiscard]] TravelTime time(NodeIndex node) const { return times_[node.place]; }
  /// By node.
  [[nodiscard]] std::vector<TravelTime> const& times() const { return times_; }
  /// The nodes reached, nearest first; ties by number.
  [[nodiscard]] std::vector<NodeIndex> const& reached() const { return reached_; }
  /// The way to a node, or nothing where it is not reached.
  [[nodiscard]] std::optional<Path> path(NodeIndex target) const;

 private:
  RoutingGraph const& graph_;
  NodeIndex source_;
  std::vector<TravelTime> times_;
  std::vector<ArcIndex> arrival_;  ///< the last arc on the way, by node
  std::vector<NodeIndex> reached_;
};

/// Exact shortest times from one node to all, by node: up the tree from the source, then down over
/// all of it. O(entries of the hierarchy), without a queue.
/// REQUIRES: a node of the graph.
[[nodiscard]] std::vector<TravelTime> one_to_all(CustomisedHierarchy const& customised,
                                                 NodeIndex source);

/// A shortest way between two nodes, or nothing where there is none; without arcs from a node to
/// itself. Among equally short ways the choice is fixed but not stated.
/// REQUIRES: two nodes of the graph.
[[nodiscard]] std::optional<Path> shortest_path(CustomisedHierarchy const& customised,
                                                NodeIndex source, NodeIndex target);

}  // namespace guarantor::geo
