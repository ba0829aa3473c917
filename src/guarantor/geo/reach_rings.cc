#include "guarantor/geo/reach_rings.h"

#include <algorithm>
#include <utility>

#include "guarantor/geo/isochrone.h"

namespace guarantor::geo {
namespace {

constexpr double kMetresPerKilometre = 1'000;

/// Whether a mover can stop anywhere along a link of this layer.
bool stops_along(Mover const& mover, Layer layer) {
  switch (layer.kind) {
    case Layer::Kind::kRoad:
      return goes_by_road(mover.movement);
    case Layer::Kind::kRail:
      return mover.movement == model::MovementClass::kTrain;
    case Layer::Kind::kFerry:
    case Layer::Kind::kSea:
      return mover.movement == model::MovementClass::kShip;
    case Layer::Kind::kAir:
      return mover.movement == model::MovementClass::kRotary;
  }
  return false;
}

/// The stretches of links that are entered before the last limit.
std::vector<ReachedStretch> stretches(MoverNetwork const& network,
                                      std::vector<TravelTime> const& times, model::Hours last) {
  RoutingGraph const& graph = *network.network().graph();
  std::vector<ReachedStretch> found;
  for (std::uint32_t a = 0; a < graph.arc_count(); ++a) {
    RoutingArc const arc = graph.arc({a});
    TravelTime const start = times[arc.tail.place];
    TravelTime const takes = network.times()[a];
    bool const along = network.network().use({a}).change == Change::kNone &&
                       stops_along(network.mover(), network.network().layer(arc.tail));
    if (along && start.reached() && takes.reached() && in_hours(start) < last) {
      found.push_back({{graph.position(arc.tail), in_hours(start)},
                       {graph.position(arc.head), in_hours(start) + in_hours(takes)}});
    }
  }
  return found;
}

}  // namespace

model::Result<std::vector<model::ReachRing>> rings(MoverNetwork const& network,
                                                   std::vector<FoundPoint> const& from,
                                                   std::vector<TravelTime> const& times,
                                                   std::vector<model::ReachedPlace> const& reached,
                                                   std::vector<model::Hours> const& limits,
                                                   model::Kilometres off_network,
                                                   model::RunControl const& control) {
  IsochroneRequest request;
  request.limits = limits;
  request.stretches = stretches(network, times, *std::max_element(limits.begin(), limits.end()));
  for (FoundPoint const& point : from) {
    request.points.push_back({point.shown.position, model::Hours{0}});
  }
  for (model::ReachedPlace const& place : reached) {
    request.points.push_back({place.position, place.hours});
  }
  // What cannot leave the network is drawn a little wider than a line.
  constexpr double kOnTheWay = 5;
  constexpr double kNarrowest = 1;
  constexpr double kDetail = 20;
  constexpr double kFinest = 250;
  double const speed = off_network_speed(network.mover().movement).count();
  double const wide = std::max(
      kNarrowest, speed > 0 ? off_network.count() : std::min(kOnTheWay, off_network.count()));
  request.beside = Metres{wide * kMetresPerKilometre};
  request.beside_time = model::Hours{speed > 0 ? wide / speed : 0};
  request.grid = Metres{std::max(kFinest, wide * kMetresPerKilometre / kDetail)};
  auto outlines = isochrones(request, control);
  if (!outlines.ok()) {
    return outlines.error();
  }
  std::vector<model::ReachRing> all;
  for (Isochrone& outline : outlines.value()) {
    all.push_back({outline.limit, std::move(outline.polygons)});
  }
  return all;
}

}  // namespace guarantor::geo
