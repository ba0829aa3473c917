#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "guarantor/geo/customised_hierarchy.h"

namespace guarantor::geo {

/// Shortest times from every source (a row) to every target (a column), in the order asked for.
class TravelTable {
 public:
  TravelTable(std::size_t sources, std::size_t targets)
      : columns_{targets}, times_(sources * targets, kNever) {}

  [[nodiscard]] TravelTime at(std::size_t source, std::size_t target) const {
    return times_[source * columns_ + target];
  }
  [[nodiscard]] std::span<TravelTime const> row(std::size_t source) const {
    return {times_.data() + source * columns_, columns_};
  }
  [[nodiscard]] std::span<TravelTime> row(std::size_t source) {
    return {times_.data() + source * columns_, columns_};
  }
  friend bool operator==(TravelTable const&, TravelTable const&) = default;

 private:
  std::size_t columns_;
  std::vector<TravelTime> times_;
};

/// Exact shortest times; never where there is no way. Nodes may repeat. Does not depend on
/// `threads`. REQUIRES: all nodes are the graph's. For s sources and t targets that each see a
/// entries and h ranks on the way to the root: O((s + t) a + s t h), sixteen steps at once.
[[nodiscard]] TravelTable travel_table(CustomisedHierarchy const& customised,
                                       std::span<NodeIndex const> sources,
                                       std::span<NodeIndex const> targets, int threads);

}  // namespace guarantor::geo
