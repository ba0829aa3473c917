#pragma once

#include <memory>
#include <string>
#include <vector>

#include "guarantor/geo/routing_graph.h"

namespace guarantor::bench {

/// Dijkstra's algorithm of the Boost Graph Library, on its compressed sparse row graph, for
/// comparison. Built in where Boost's headers were there when this program was built.
class BoostDijkstra {
 public:
  /// Boost's version, e.g. `1.74`; empty where it is not built in.
  [[nodiscard]] static std::string version();

  /// Copies a graph with its travel times; arcs that are never passed are left out.
  /// REQUIRES: built in; a time for every arc.
  BoostDijkstra(geo::RoutingGraph const& graph, geo::ArcTimes const& times);
  BoostDijkstra(BoostDijkstra const&) = delete;
  BoostDijkstra& operator=(BoostDijkstra const&) = delete;
  ~BoostDijkstra();

  /// Times to all nodes, by node.
  [[nodiscard]] std::vector<geo::TravelTime> times_from(geo::NodeIndex source) const;

 private:
  struct Graph;
  std::unique_ptr<Graph> graph_;
};

}  // namespace guarantor::bench
