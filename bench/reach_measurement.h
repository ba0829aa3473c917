#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "bench/reach_network.h"
#include "guarantor/geo/customised_hierarchy.h"
#include "guarantor/geo/travel_table.h"

namespace guarantor::bench {

/// The nodes on one side of the pairs, once each, and which of them each pair has.
struct ReachSide {
  std::vector<geo::NodeIndex> nodes;
  std::vector<std::size_t> place;  ///< by pair
};

struct ReachSides {
  ReachSide sources;
  ReachSide targets;
};

[[nodiscard]] ReachSides sides_of(std::vector<tables::NodePair> const& pairs);

/// The cost of every pair, by one table where the pairs fill a good part of it, else source by
/// source.
[[nodiscard]] std::vector<geo::TravelTime> answer_pairs(geo::CustomisedHierarchy const& customised,
                                                        ReachSides const& sides, int threads);

/// Closes some edges one after the other, each drawn, and opens it again; then all at once. Leaves
/// in `told` what each step took. Leaves all closed, and their times in `network`.
void close_edges(std::size_t count, std::uint64_t seed, int threads, ReachNetwork& network,
                 geo::CustomisedHierarchy& customised, nlohmann::ordered_json& told);

/// Compares the table from the first few sources to all targets with what Boost's Dijkstra finds.
/// Leaves in `told` how many sources were run, what they took, and whether all cells are equal;
/// false where one is not.
[[nodiscard]] bool compare_with_boost(std::size_t most_sources, ReachSides const& sides,
                                      ReachNetwork const& network,
                                      geo::CustomisedHierarchy const& customised, int threads,
                                      nlohmann::ordered_json& told);

}  // namespace guarantor::bench
