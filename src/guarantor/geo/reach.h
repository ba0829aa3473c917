#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/geo/mover_network.h"
#include "guarantor/model/error.h"
#include "guarantor/model/reach.h"
#include "guarantor/model/run_control.h"

namespace guarantor::geo {

/// A place someone asks about: by its name on the network, or by a position, which the name then
/// only labels.
struct PlaceAsked {
  std::string name;
  std::optional<model::Position> position;
};

struct ReachRequest {
  Mover mover;
  std::vector<PlaceAsked> from;
  std::vector<PlaceAsked> to;        ///< empty: every place of the network, from the nearest `from`
  std::vector<model::Hours> within;  ///< limits of rings; only without `to`
  std::vector<LinkOrder> orders;     ///< what becomes of links, carried out in this order
  /// A point lies at most so far from the network; it is found beside the nearest place that `from`
  /// can reach, or where none is near enough beside the nearest one.
  model::Kilometres off_network{60};
  bool legs{};  ///< the ways themselves, not only their times
  int threads{1};
};

/// A network and what is prepared of it, shared by any number of requests.
struct PreparedNetwork {
  std::shared_ptr<TravelNetwork const> network;
  std::shared_ptr<Hierarchy const> hierarchy;
};

/// Prepares a network. Errors as `TravelNetwork::build` and `Hierarchy::prepare`.
[[nodiscard]] model::Result<PreparedNetwork> prepare(model::Network network, int threads,
                                                     model::RunControl const& control);

/// How long a mover takes: exact shortest times over the network, changes of mode included, and
/// what they rest on. That a place cannot be reached is an answer.
///
/// Bad input: nobody to start from; a place the network does not know (with the nearest name); a
/// point further from any place the mover can use than `off_network`, with how far it is; a link
/// that does not exist; a limit that is not above zero; limits beside `to`. Limit: as `isochrones`.
[[nodiscard]] model::Result<model::ReachAnswer> reach(PreparedNetwork const& prepared,
                                                      ReachRequest const& request,
                                                      model::RunControl const& control = {});

}  // namespace guarantor::geo
