#pragma once

#include <map>
#include <string>
#include <vector>

#include "guarantor/geo/mover_network.h"
#include "guarantor/geo/reach.h"
#include "guarantor/model/network.h"

namespace guarantor::geo {

/// A network of several modes drawn with characters. A letter is a place; ways go to the right and
/// downwards and are made of `-` or `|` (road), `=` or `!` (rail), `~` or `:` (ferry), `*` (other
/// ships), `.` or `,` (air), with their length in kilometres among them, downwards beginning in the
/// way's column; a `w` beside the length makes a railway one of 1520 mm. Everything moves at 60
/// km/h, ships too, and aircraft at 600 (fixed-wing) and 200 (rotary): on land and sea a kilometre
/// is a minute. A way is named by its ends as drawn: `A-B`.
struct DrawnWorld {
  model::Network network;
  std::string letters;

  [[nodiscard]] std::uint32_t number(char letter) const;
  [[nodiscard]] PlaceIndex place(char letter) const { return {number(letter)}; }
  [[nodiscard]] LinkIndex link(std::string const& name) const;
};

/// Kinds of places by letter; the others are cities.
using Kinds = std::map<char, model::NodeFacts>;

[[nodiscard]] DrawnWorld draw_world(std::vector<std::string> const& rows, Kinds const& kinds = {});

/// The network as a mover finds it.
[[nodiscard]] MoverNetwork for_mover(DrawnWorld const& world, Mover const& mover);

/// All times from one letter in minutes: `A0 B75 C-`, where `-` is never; boarding and leaving
/// included.
[[nodiscard]] std::string minutes_from(MoverNetwork const& network, DrawnWorld const& world,
                                       char from);

/// The same by looking at nothing but the drawn network, with the Bellman-Ford algorithm over
/// places and layers: slow and plain.
[[nodiscard]] std::vector<TravelTime> plain_times(model::Network const& network, Mover const& mover,
                                                  std::uint32_t from);

/// Times from a place to all places by the hierarchy.
[[nodiscard]] std::vector<TravelTime> hierarchy_times(MoverNetwork const& network,
                                                      std::uint32_t from);

}  // namespace guarantor::geo
