#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "guarantor/geo/travel_time.h"
#include "guarantor/model/network.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

/// What moves, and what it takes to change from one way of moving to another. The figures are
/// planning figures of this project, illustrative like the speeds of the networks it ships; they
/// all stand in mover.cc, and docs/reach.md repeats them.
namespace guarantor::geo {

/// By what a mover that goes by road may let itself be carried.
struct CarriedBy {
  bool rail{};
  bool sea{};  ///< ferries too
  bool air{};
  friend bool operator==(CarriedBy, CarriedBy) = default;
};

/// One thing that moves: its class, and what it asks of the ways it uses.
struct Mover {
  model::MovementClass movement{model::MovementClass::kHeavyWheeled};
  model::Tonnes weight;   ///< of its heaviest vehicle, loaded; a link's load class must bear it
  model::Metres runway;   ///< it needs at both ends, or whatever carries it by air does
  model::Metres draught;  ///< of the ship it is, or that carries it
  CarriedBy carried;
  friend bool operator==(Mover const&, Mover const&) = default;
};

/// A mover of this class as it is where nothing else is said. Vehicles are carried by rail and sea;
/// that there are aircraft for them is for the asker to say.
[[nodiscard]] Mover usual_mover(model::MovementClass movement);

/// Whether the class goes by road.
[[nodiscard]] bool goes_by_road(model::MovementClass movement);

/// How fast a class goes off the network, to a place near it; 0: it does not, and the last stretch
/// is not counted.
[[nodiscard]] model::KilometresPerHour off_network_speed(model::MovementClass movement);

/// The share of its speeds that a damaged link has left where that is not stated.
inline constexpr double kDamagedShare = 0.25;

/// Where a link lies: what one must change between at a node. Tracks of two gauges are two layers.
struct Layer {
  enum class Kind : std::uint8_t { kRoad, kRail, kFerry, kSea, kAir };
  Kind kind{Kind::kRoad};
  std::uint16_t gauge_mm{};
  friend auto operator<=>(Layer, Layer) = default;
};
[[nodiscard]] Layer layer_of(model::NetworkLink const& link);

/// From one layer to another at one node.
enum class Change : std::uint8_t {
  kNone,
  kRoadToRail,
  kRailToRoad,
  kRoadToFerry,
  kFerryToRoad,
  kRoadToSea,
  kSeaToRoad,
  kRailToSea,
  kSeaToRail,
  kRoadToAir,
  kAirToRoad,
  kOfGauge,
  kOfTrack,  ///< between a track whose gauge is not known and another: taken for the same
  kOfBerth   ///< between ferries' and others' berths; a ship does not notice
};

}  // namespace guarantor::geo

namespace guarantor::model {
template <>
inline constexpr Words<14> kWords<geo::Change>{
    "none",        "road to rail",    "rail to road",    "road to ferry",  "ferry to road",
    "road to sea", "sea to road",     "rail to sea",     "sea to rail",    "road to air",
    "air to road", "change of gauge", "change of track", "change of berth"};
}  // namespace guarantor::model

namespace guarantor::geo {

/// The change between two layers; kNone where there is none.
[[nodiscard]] Change change_between(Layer from, Layer to);

/// Whether a node of this kind has what the change takes: ramps, cranes, a yard. Boarding a ferry
/// needs none of it, nor does a change of track or berth.
[[nodiscard]] bool offers(model::NodeFacts const& node, Change change);

/// What the change takes this mover; never where it cannot make it.
[[nodiscard]] TravelTime dwell(Mover const& mover, Change change);

}  // namespace guarantor::geo
