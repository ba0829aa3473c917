#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/geo/routing_graph.h"
#include "guarantor/model/error.h"
#include "guarantor/tables/node_edge_csv.h"

namespace guarantor::bench {

/// Where a network to measure reach on comes from: tables of nodes and edges, or an OSM PBF file.
struct NetworkSource {
  std::string nodes;
  std::string edges;
  std::string pbf;
  std::string queries;  ///< pairs of nodes; of positions for a PBF
  std::string measure{"time"};
  double speed{0};                        ///< km/h where an edge states none
  std::string movement{"light-wheeled"};  ///< class that a PBF's links are passed by
  std::string least{"living_street"};     ///< kind of road taken of a PBF
  std::uint64_t seed{1};                  ///< of the pairs drawn where there are no queries
  std::uint32_t sources{100};             ///< likewise
  std::uint32_t targets{100};
};

/// The arcs of one edge or link, which close together.
struct ReachEdge {
  geo::ArcIndex arc;
  std::optional<geo::ArcIndex> back;
};

struct ReachNetwork {
  std::shared_ptr<geo::RoutingGraph const> graph;
  geo::ArcTimes times;
  std::vector<float> lengths_m;  ///< by arc
  std::vector<ReachEdge> edges;
  std::vector<std::string> edge_names;  ///< by edge; empty where the source names none
  std::vector<std::string> ids;         ///< by node; empty where the source has none to show
  std::vector<tables::NodePair> pairs;

  /// A node as the source calls it, or as its position.
  [[nodiscard]] std::string label(std::uint32_t node) const;
};

/// Reads a network and what is asked about it; `told` gets what the source had to say of itself.
/// Errors as the readers', and bad input where an edge has no speed.
[[nodiscard]] model::Result<ReachNetwork> read_reach_network(NetworkSource const& source,
                                                             nlohmann::ordered_json& told);

}  // namespace guarantor::bench
