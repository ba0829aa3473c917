#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/geo/routing_graph.h"

namespace guarantor::geo {

/// A connected or unconnected piece of a graph on its own numbers: undirected, without loops and
/// parallel edges, on a plane.
struct PartGraph {
  std::vector<std::uint32_t> original;    ///< by own number: the node's number in the whole
  std::vector<std::uint32_t> first;       ///< where a node's neighbours begin; one more than nodes
  std::vector<std::uint32_t> neighbours;  ///< ascending for each node
  std::vector<float> x;
  std::vector<float> y;

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(original.size()); }
  [[nodiscard]] std::span<std::uint32_t const> around(std::uint32_t node) const {
    return {neighbours.data() + first[node], neighbours.data() + first[node + 1]};
  }
};

/// The whole graph as one part, its nodes numbered along a curve that keeps near what is near.
/// Positions lie on a plane true to the middle latitude: a guide to where cuts are short, no more.
[[nodiscard]] PartGraph whole_part(RoutingGraph const& graph);

/// The nodes whose `side` is `wanted`, and the edges among them.
[[nodiscard]] PartGraph piece_of(PartGraph const& part, std::span<std::uint8_t const> side,
                                 std::uint8_t wanted);

}  // namespace guarantor::geo
