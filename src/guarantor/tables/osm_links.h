#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "guarantor/model/network.h"
#include "guarantor/tables/osm_counts.h"
#include "guarantor/tables/osm_node_places.h"
#include "guarantor/tables/osm_way_rules.h"

namespace guarantor::tables {

/// A way that was taken; its nodes stand elsewhere, one way's behind the other's.
struct OsmTakenWay {
  std::int64_t id{};
  std::size_t first_node{};
  std::uint32_t nodes{};
  std::uint32_t name{};    ///< place among the names
  std::uint16_t speeds{};  ///< place among the network's profiles
  std::uint16_t load_class_t{};
  model::LinkMode mode{model::LinkMode::kRoad};
  OsmDirection direction{OsmDirection::kBoth};
};

/// Cuts ways into links at the nodes that they share or begin and end at, and where a node has no
/// position, and adds them with their nodes to a network. A way of which nothing is left is
/// dropped. `nodes` are those of all ways, by place, none twice in a row. Ways of one call meet
/// each other only, and their islands are those of the call. O(nodes).
void add_links(std::vector<OsmTakenWay> const& ways, std::vector<std::uint32_t> const& nodes,
               OsmNodePlaces const& places, std::vector<std::string> const& names,
               model::Network& network, OsmFindings& findings);

}  // namespace guarantor::tables
