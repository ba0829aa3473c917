#include "guarantor/geo/mover.h"

#include <algorithm>

namespace guarantor::geo {
namespace {

using model::MovementClass;
using model::NodeKind;

/// What a class is where nothing else is said. Illustrative throughout.
struct Usual {
  double weight_t;
  double runway_m;
  double draught_m;
  double off_network_kmh;
};
constexpr std::array<Usual, model::kWords<MovementClass>.size()> kUsual{{
    {10, 2'000, 8, 40},   // light-wheeled: a patrol vehicle
    {40, 2'000, 8, 30},   // heavy-wheeled: a lorry with its load, a wheeled fighting vehicle
    {110, 2'000, 8, 20},  // transporter: a battle tank on its transporter
    {0, 0, 0, 0},         // train
    {0, 0, 8, 0},         // ship: a ro-ro ship
    {0, 0, 0, 200},       // rotary: flies on to where it is wanted
    {0, 2'000, 0, 0},     // fixed-wing: a transport aircraft
}};

/// Hours of a change for those that are carried: to drive up, load and lash, and the reverse.
/// Illustrative throughout.
constexpr std::array<double, model::kWords<Change>.size()> kDwellHours{
    0,   // none
    6,   // road to rail
    4,   // rail to road
    2,   // road to ferry
    1,   // ferry to road
    24,  // road to sea
    18,  // sea to road
    24,  // rail to sea
    24,  // sea to rail
    4,   // road to air
    3,   // air to road
    12,  // change of gauge: transshipped, or the bogies changed
    0,   // change of track
    0,   // change of berth
};

Usual const& usual(MovementClass movement) {
  return kUsual[static_cast<std::size_t>(movement)];
}

bool one_of(NodeKind kind, std::initializer_list<NodeKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// Whether a mover may make a change at all.
bool may(Mover const& mover, Change change) {
  bool const vehicle = goes_by_road(mover.movement);
  switch (change) {
    case Change::kRoadToRail:
    case Change::kRailToRoad:
      return vehicle && mover.carried.rail;
    case Change::kRoadToFerry:
    case Change::kFerryToRoad:
    case Change::kRoadToSea:
    case Change::kSeaToRoad:
      return vehicle && mover.carried.sea;
    case Change::kRailToSea:
    case Change::kSeaToRail:
      return vehicle && mover.carried.rail && mover.carried.sea;
    case Change::kRoadToAir:
    case Change::kAirToRoad:
      return vehicle && mover.carried.air;
    case Change::kOfGauge:
    case Change::kOfTrack:
      return mover.movement == MovementClass::kTrain || (vehicle && mover.carried.rail);
    case Change::kOfBerth:
      return mover.movement == MovementClass::kShip;
    case Change::kNone:
      return false;
  }
  return false;
}

}  // namespace

Mover usual_mover(MovementClass movement) {
  Usual const& figures = usual(movement);
  bool const vehicle = goes_by_road(movement);
  return {.movement = movement,
          .weight = model::Tonnes{figures.weight_t},
          .runway = model::Metres{figures.runway_m},
          .draught = model::Metres{figures.draught_m},
          .carried = {.rail = vehicle, .sea = vehicle, .air = false}};
}

bool goes_by_road(MovementClass movement) {
  return movement == MovementClass::kLightWheeled || movement == MovementClass::kHeavyWheeled ||
         movement == MovementClass::kTransporter;
}

model::KilometresPerHour off_network_speed(MovementClass movement) {
  return model::KilometresPerHour{usual(movement).off_network_kmh};
}

Layer layer_of(model::NetworkLink const& link) {
  switch (link.mode) {
    case model::LinkMode::kRail:
      return {Layer::Kind::kRail, link.gauge_mm};
    case model::LinkMode::kSea:
      return {link.ferry ? Layer::Kind::kFerry : Layer::Kind::kSea, 0};
    case model::LinkMode::kAir:
      return {Layer::Kind::kAir, 0};
    case model::LinkMode::kRoad:
      break;
  }
  return {Layer::Kind::kRoad, 0};
}

Change change_between(Layer from, Layer to) {
  using enum Layer::Kind;
  struct Row {
    Layer::Kind from;
    Layer::Kind to;
    Change change;
  };
  static constexpr Row kRows[] = {
      {kRoad, kRail, Change::kRoadToRail},   {kRail, kRoad, Change::kRailToRoad},
      {kRoad, kFerry, Change::kRoadToFerry}, {kFerry, kRoad, Change::kFerryToRoad},
      {kRoad, kSea, Change::kRoadToSea},     {kSea, kRoad, Change::kSeaToRoad},
      {kRail, kSea, Change::kRailToSea},     {kSea, kRail, Change::kSeaToRail},
      {kRoad, kAir, Change::kRoadToAir},     {kAir, kRoad, Change::kAirToRoad},
      {kRail, kRail, Change::kOfGauge},      {kFerry, kSea, Change::kOfBerth},
      {kSea, kFerry, Change::kOfBerth},
  };
  if (from == to) {
    return Change::kNone;
  }
  if (from.kind == kRail && to.kind == kRail && (from.gauge_mm == 0 || to.gauge_mm == 0)) {
    return Change::kOfTrack;
  }
  for (Row const& row : kRows) {
    if (row.from == from.kind && row.to == to.kind) {
      return row.change;
    }
  }
  return Change::kNone;
}

bool offers(model::NodeFacts const& node, Change change) {
  switch (change) {
    case Change::kRoadToRail:
    case Change::kRailToRoad:
      return one_of(node.kind, {NodeKind::kCity, NodeKind::kBase, NodeKind::kDepot, NodeKind::kPort,
                                NodeKind::kRailhead});
    case Change::kRoadToFerry:
    case Change::kFerryToRoad:
    case Change::kOfTrack:
    case Change::kOfBerth:
      return true;
    case Change::kRoadToSea:
    case Change::kSeaToRoad:
    case Change::kRailToSea:
    case Change::kSeaToRail:
      return node.kind == NodeKind::kPort;
    case Change::kRoadToAir:
    case Change::kAirToRoad:
      return one_of(node.kind, {NodeKind::kAirport, NodeKind::kBase});
    case Change::kOfGauge:
      return node.gauge_break;
    case Change::kNone:
      return false;
  }
  return false;
}

TravelTime dwell(Mover const& mover, Change change) {
  if (!may(mover, change)) {
    return kNever;
  }
  constexpr double kMillisecondsPerHour = 3'600'000;
  return TravelTime{static_cast<std::uint64_t>(kDwellHours[static_cast<std::size_t>(change)] *
                                               kMillisecondsPerHour)};
}

}  // namespace guarantor::geo
