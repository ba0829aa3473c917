#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "guarantor/geo/customised_hierarchy.h"
#include "guarantor/geo/travel_network.h"
#include "guarantor/model/error.h"

namespace guarantor::geo {

/// What happens to a link in a variant of the world.
enum class LinkAct : std::uint8_t { kOpen, kClose, kSlow };

/// An act on a link, which is named by its name, or by those of its ends with a colon between:
/// then all links between the two are meant.
struct LinkOrder {
  std::string link;
  LinkAct act{LinkAct::kClose};
  double factor{1};  ///< of the link's speed, for kSlow
};

/// An act on one link.
struct LinkChange {
  LinkIndex link;
  LinkAct act{LinkAct::kClose};
  double factor{1};
};

/// Finds the links that orders name. Bad input: a link that does not exist, with the nearest name;
/// a factor that is not above 0 and at most 1. O(links) where there are orders.
[[nodiscard]] model::Result<std::vector<LinkChange>> find_links(TravelNetwork const& network,
                                                                std::span<LinkOrder const> orders);

/// A network as one mover finds it: the travel times of its arcs in a hierarchy that all movers
/// share. A variant of the world is a copy and `apply`.
class MoverNetwork {
 public:
  /// Errors as `CustomisedHierarchy::customise`. REQUIRES: a hierarchy of the network's graph.
  static model::Result<MoverNetwork> make(std::shared_ptr<TravelNetwork const> network,
                                          std::shared_ptr<Hierarchy const> hierarchy, Mover mover,
                                          int threads);

  /// Carries out acts, one after the other: opening makes a link whole again, slowing takes from
  /// the speed it has left. Only what can change is looked at; the result is that of starting
  /// afresh with the links so.
  model::Result<model::Done> apply(std::span<LinkChange const> changes, int threads);

  [[nodiscard]] TravelNetwork const& network() const { return *network_; }
  [[nodiscard]] Mover const& mover() const { return mover_; }
  [[nodiscard]] CustomisedHierarchy const& customised() const { return customised_; }
  [[nodiscard]] ArcTimes const& times() const { return customised_.times(); }

  /// Where a journey can begin or end at a place: on its road for what goes by road (loading is a
  /// change from there), else in every layer the mover uses. None where the mover has no way there
  /// even if all were open.
  [[nodiscard]] std::vector<NodeIndex> doors(PlaceIndex place) const;
  /// Whether the mover has a way to or from a place if all links were open.
  [[nodiscard]] bool serves(PlaceIndex place) const { return served_[place.place]; }

 private:
  MoverNetwork(std::shared_ptr<TravelNetwork const> network, Mover mover,
               CustomisedHierarchy customised);
  [[nodiscard]] std::vector<bool> find_usable() const;

  std::shared_ptr<TravelNetwork const> network_;
  Mover mover_;
  CustomisedHierarchy customised_;
  std::vector<LinkCondition> conditions_;  ///< by link
  std::vector<bool> usable_;  ///< by node: were all open, a way would begin or end there
  std::vector<bool> served_;  ///< by place
};

}  // namespace guarantor::geo
