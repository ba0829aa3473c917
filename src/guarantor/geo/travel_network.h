#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "guarantor/geo/mover.h"
#include "guarantor/geo/routing_graph.h"
#include "guarantor/model/error.h"
#include "guarantor/model/network.h"

namespace guarantor::geo {

/// A node of a network, by its place among the network's nodes; it compares and does no more.
struct PlaceIndex {
  std::uint32_t place{};
  friend auto operator<=>(PlaceIndex, PlaceIndex) = default;
};

/// A link of a network, likewise.
struct LinkIndex {
  std::uint32_t place{};
  friend auto operator<=>(LinkIndex, LinkIndex) = default;
};

/// What an arc of the routing graph is: a link, forwards or backwards, or a change at a node.
struct ArcUse {
  Change change{Change::kNone};  ///< kNone: a link
  LinkIndex link{};
  bool backwards{};
};

/// How a link stands in one variant of the world.
struct LinkCondition {
  bool closed{};
  double speed_share{1};  ///< of its speeds what is left
  friend bool operator==(LinkCondition const&, LinkCondition const&) = default;
};

/// The routing graph of a network of several modes, and what its arcs mean. Each place becomes a
/// node for every layer that a link brings to it (road, each gauge of rail, ferries, other ships,
/// air), with an arc for every change between two of them that the place offers. Where vehicles can
/// be loaded it has a road though no link brings one: the streets between yard, quay and town. The
/// graph knows no times, so all movers and all closures share it. Immutable.
class TravelNetwork {
 public:
  /// Bad input: a link to a place that does not exist, a length or speed that is negative or no
  /// number, facts that are not as many as what they speak of; the message names the link.
  /// O(n log n), 60 bytes a link beside the network itself.
  static model::Result<std::shared_ptr<TravelNetwork const>> build(model::Network network);

  [[nodiscard]] model::Network const& network() const { return network_; }
  [[nodiscard]] std::shared_ptr<RoutingGraph const> const& graph() const { return graph_; }

  /// A place's nodes, by layer; none where no link touches it.
  [[nodiscard]] std::span<Layer const> layers(PlaceIndex place) const {
    return {layers_.data() + first_node_[place.place],
            layers_.data() + first_node_[place.place + 1]};
  }
  [[nodiscard]] NodeIndex first_node(PlaceIndex place) const { return {first_node_[place.place]}; }
  [[nodiscard]] PlaceIndex place_of(NodeIndex node) const { return {place_of_[node.place]}; }
  [[nodiscard]] Layer layer(NodeIndex node) const { return layers_[node.place]; }
  [[nodiscard]] ArcUse use(ArcIndex arc) const;
  /// The arcs of a link: one, or there and back.
  [[nodiscard]] std::vector<ArcIndex> arcs_of(LinkIndex link) const;

  /// A place's name; its number, as `#17`, where it has none.
  [[nodiscard]] std::string name(PlaceIndex place) const;
  /// A link's name; those of its ends with a colon between, where it has none.
  [[nodiscard]] std::string name(LinkIndex link) const;

  /// How a link stands in the network as it was given.
  [[nodiscard]] LinkCondition condition(LinkIndex link) const;
  /// What a link takes a mover under a condition; never where the mover cannot use it: no speed for
  /// it and nothing to carry it, too heavy, a runway too short or not known, too deep. What is not
  /// known of load classes and depths is no hindrance.
  [[nodiscard]] TravelTime time(LinkIndex link, Mover const& mover, LinkCondition condition) const;
  /// Times of all arcs for a mover, links as the network gives them. O(arcs).
  [[nodiscard]] ArcTimes times(Mover const& mover) const;
  /// The same with every link open and whole: who could go where at all.
  [[nodiscard]] ArcTimes times_if_all_open(Mover const& mover) const;

 private:
  TravelNetwork() = default;
  void index_places();
  [[nodiscard]] NodeIndex node(std::uint32_t place, Layer layer) const;
  [[nodiscard]] std::vector<RoutingArc> link_arcs();
  void add_changes(std::vector<RoutingArc>& arcs);
  [[nodiscard]] double speed(model::NetworkLink const& link, Mover const& mover) const;
  [[nodiscard]] bool bears(LinkIndex link, Mover const& mover) const;
  [[nodiscard]] ArcTimes times(Mover const& mover, bool all_open) const;

  model::Network network_;
  std::shared_ptr<RoutingGraph const> graph_;
  std::vector<std::uint32_t> first_node_;  ///< by place
  std::vector<std::uint32_t> place_of_;    ///< by node
  std::vector<Layer> layers_;              ///< by node
  std::vector<std::uint32_t> first_arc_;   ///< by link
  std::vector<std::uint32_t> link_of_;     ///< by arc of a link
  std::vector<Change> changes_;            ///< by arc behind those
};

}  // namespace guarantor::geo
