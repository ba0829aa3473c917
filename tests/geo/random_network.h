#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "guarantor/geo/customised_hierarchy.h"

namespace guarantor::geo {

/// A network to compare two ways of finding shortest times on.
struct RandomNetwork {
  std::shared_ptr<RoutingGraph const> graph;
  ArcTimes times;
};

/// Draws a network of up to `most` nodes of any shape: a grid, a tree, a star, a ring, islands,
/// everything joined to everything, or nothing in particular; with one-way roads, parallel arcs,
/// loops, zero times and closed arcs here and there, and nodes at the same place.
[[nodiscard]] rc::Gen<RandomNetwork> random_network(std::uint32_t most = 60);

/// A travel time such as random networks have.
[[nodiscard]] rc::Gen<TravelTime> random_time();

/// Customised anew, on one thread.
[[nodiscard]] CustomisedHierarchy customised(RandomNetwork const& network);

}  // namespace guarantor::geo
