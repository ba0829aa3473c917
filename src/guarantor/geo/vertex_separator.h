#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/geo/part_graph.h"

namespace guarantor::geo {

/// Which side of a separator a node is on.
enum class Side : std::uint8_t { kOne = 0, kOther = 1, kSeparator = 2 };

/// A division of a part in two that only its separator joins.
struct Separation {
  std::vector<std::uint8_t> side;  ///< `Side` by node
  std::uint32_t separator{};       ///< its nodes
  std::uint32_t smaller{};         ///< nodes of the smaller side
};

/// In which direction a part is cut, as sums of its coordinates.
struct Direction {
  float x{};
  float y{};
};

/// The least separator between the nodes that lie foremost and those that lie rearmost in one
/// direction (inertial flow: Schild and Sommer, "On balanced separators in road networks", SEA
/// 2015), by as many node-disjoint paths (Dinic 1970). `terminals`, in (0, 1/2], is the share of
/// all nodes at either end that are kept apart; they may become part of the separator themselves.
/// REQUIRES: at least two nodes. O(separator * edges) at worst, far less in practice.
[[nodiscard]] Separation separate(PartGraph const& part, Direction direction, double terminals);

}  // namespace guarantor::geo
