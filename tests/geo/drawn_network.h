#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/geo/routing_graph.h"

namespace guarantor::geo {

/// A network drawn with characters: a letter is a node; `A-3-B` and `A-12>B` are roads of so many
/// seconds, both ways or one way; downwards the same with `|`, the number below it, `v` and `^`. A
/// number alone is a road both ways.
struct DrawnNetwork {
  std::shared_ptr<RoutingGraph const> graph;
  ArcTimes times;
  std::string letters;

  [[nodiscard]] NodeIndex node(char letter) const;
  /// The first arc from one letter to another.
  [[nodiscard]] ArcIndex arc(char from, char to) const;
};

[[nodiscard]] DrawnNetwork draw_network(std::vector<std::string> const& rows);

}  // namespace guarantor::geo
