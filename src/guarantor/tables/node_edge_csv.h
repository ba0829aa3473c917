#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/network.h"
#include "guarantor/model/place.h"

namespace guarantor::tables {

/// The nodes of a network as a table gives them.
struct NodeTable {
  std::vector<std::string> ids;
  std::vector<model::Position> positions;
  std::unordered_map<std::string, std::uint32_t> place_of;  ///< of an id
};

/// One edge between two nodes, by their places in the node table.
struct NetworkEdge {
  std::uint32_t from{};
  std::uint32_t to{};
  double length_m{};
  std::optional<double> speed_kmh;
  bool one_way{};
};

/// A pair of nodes asked about, by their places in the node table.
struct NodePair {
  std::uint32_t from{};
  std::uint32_t to{};
  friend bool operator==(NodePair, NodePair) = default;
};

/// A pair of positions asked about.
struct PositionPair {
  model::Position from;
  model::Position to;
  friend bool operator==(PositionPair, PositionPair) = default;
};

/// Reads RFC 4180 text with the columns `id`, `lon` and `lat`; others are passed over. Bad input
/// names `file`, line and column: a column that is missing, an id that is repeated or empty, a
/// position that is none. O(length), for networks of millions of nodes.
[[nodiscard]] model::Result<NodeTable> read_nodes(std::string_view text, std::string const& file);

/// The same with `from`, `to` and `length_m`, and, where they are there, `speed_kmh` (empty: not
/// stated) and `oneway` (0 or empty: both ways; 1: from `from` to `to` only). Bad input: also a
/// node that does not exist, a negative length, a speed that is not above zero.
[[nodiscard]] model::Result<std::vector<NetworkEdge>> read_edges(std::string_view text,
                                                                 std::string const& file,
                                                                 NodeTable const& nodes);

/// The same with `from` and `to`.
[[nodiscard]] model::Result<std::vector<NodePair>> read_node_pairs(std::string_view text,
                                                                   std::string const& file,
                                                                   NodeTable const& nodes);

/// The same with `from_lon`, `from_lat`, `to_lon` and `to_lat`, for networks whose nodes have no
/// ids that people know.
[[nodiscard]] model::Result<std::vector<PositionPair>> read_position_pairs(std::string_view text,
                                                                           std::string const& file);

/// The edges as a network of roads on which every class that goes by road has the edge's speed, or
/// `speed_kmh` where it states none. Bad input: an edge without either; a limit: more than 65,535
/// different speeds. O(n log n).
[[nodiscard]] model::Result<model::Network> road_network(NodeTable const& nodes,
                                                         std::vector<NetworkEdge> const& edges,
                                                         std::optional<double> speed_kmh);

}  // namespace guarantor::tables
