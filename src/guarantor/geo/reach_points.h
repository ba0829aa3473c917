#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "guarantor/geo/mover_network.h"
#include "guarantor/geo/nearest_place.h"
#include "guarantor/geo/reach.h"
#include "guarantor/model/reach.h"

/// Part of `reach`; nothing else includes this.
namespace guarantor::geo {

/// A point of a request on the network.
struct FoundPoint {
  model::ReachPoint shown;
  PlaceIndex place;
  TravelTime off;  ///< from the point to the place
};

/// A span of travel in hours.
[[nodiscard]] model::Hours in_hours(TravelTime time);

/// Finds the points of a request on the network as one mover finds it.
class PointFinder {
 public:
  PointFinder(MoverNetwork const& network, model::Kilometres off_network);

  /// Bad input: a name nobody has, a position off the earth, a point too far from any place that
  /// the mover can use; the message names it.
  [[nodiscard]] model::Result<FoundPoint> find(PlaceAsked const& asked) const;
  [[nodiscard]] model::Result<std::vector<FoundPoint>> find(
      std::vector<PlaceAsked> const& asked) const;

  /// Points that are not on the network are from now on found beside the nearest place that `from`
  /// can reach, where one is near enough: a place the mover is cut off from helps nobody there.
  void prefer_reached(std::vector<FoundPoint> const& from);

 private:
  [[nodiscard]] model::Result<FoundPoint> beside(std::string const& name,
                                                 model::Position position) const;
  [[nodiscard]] model::Error unknown(std::string const& name) const;

  MoverNetwork const& network_;
  model::Kilometres off_network_;
  NearestPlace nearest_;
  std::unordered_map<std::string, PlaceIndex> by_name_;
  std::vector<bool> reached_;  ///< by place; empty: not asked
};

}  // namespace guarantor::geo
