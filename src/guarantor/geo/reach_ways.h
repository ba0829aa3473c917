#pragma once

#include <optional>
#include <vector>

#include "guarantor/geo/reach_points.h"
#include "guarantor/geo/shortest_paths.h"
#include "guarantor/model/reach.h"

/// Part of `reach`; nothing else includes this.
namespace guarantor::geo {

/// The way between two points in legs. `path` runs from a door of one place to one of the other.
[[nodiscard]] model::ReachWay way_in_legs(MoverNetwork const& network, FoundPoint const& from,
                                          FoundPoint const& to, Path const& path);

/// Adds up what the links of ways rest on, each link once.
class BasisCounter {
 public:
  explicit BasisCounter(MoverNetwork const& network);
  void add(Path const& path);
  /// By kilometres; all illustrative where the network says nothing of its links.
  [[nodiscard]] model::ReachBasis basis() const;
  /// What to know of the links that were used: permits, rules, load classes.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  MoverNetwork const& network_;
  std::vector<bool> used_;  ///< by link
  bool changes_{};
};

}  // namespace guarantor::geo
