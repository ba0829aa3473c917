#include "guarantor/geo/reach_points.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/shortest_paths.h"
#include "guarantor/model/spelling.h"

namespace guarantor::geo {
namespace {

constexpr double kMetresPerKilometre = 1'000;
constexpr double kMillisecondsPerHour = 3'600'000;

model::Error bad(std::string message, std::string hint) {
  return {model::ErrorKind::kBadInput, std::move(message), std::move(hint)};
}

}  // namespace

model::Hours in_hours(TravelTime time) {
  return model::Hours{time.count() / kMillisecondsPerHour};
}

PointFinder::PointFinder(MoverNetwork const& network, model::Kilometres off_network)
    : network_{network},
      off_network_{off_network},
      nearest_{network.network().network().positions} {
  auto const& names = network.network().network().node_names;
  for (std::uint32_t p = 0; p < names.size(); ++p) {
    if (!names[p].empty()) {
      by_name_.emplace(names[p], PlaceIndex{p});
    }
  }
}

model::Result<std::vector<FoundPoint>> PointFinder::find(
    std::vector<PlaceAsked> const& asked) const {
  std::vector<FoundPoint> found;
  for (PlaceAsked const& place : asked) {
    auto point = find(place);
    if (!point.ok()) {
      return point.error();
    }
    found.push_back(std::move(point).value());
  }
  return found;
}

model::Result<FoundPoint> PointFinder::find(PlaceAsked const& asked) const {
  if (asked.position) {
    if (!is_on_earth(*asked.position)) {
      return bad(fmt::format("`{}` is not on the earth", asked.name),
                 "a point is LAT,LON in degrees: 50.45,30.52");
    }
    return beside(asked.name, *asked.position);
  }
  auto const known = by_name_.find(asked.name);
  if (known == by_name_.end()) {
    return unknown(asked.name);
  }
  model::Position const position = network_.network().network().positions[known->second.place];
  if (!network_.serves(known->second)) {
    return beside(asked.name, position);
  }
  return FoundPoint{{.name = asked.name, .position = position, .place = asked.name},
                    known->second,
                    TravelTime{0}};
}

model::Result<FoundPoint> PointFinder::beside(std::string const& name,
                                              model::Position position) const {
  auto const serves = [this](std::uint32_t place) { return network_.serves({place}); };
  auto const helps = [&](std::uint32_t place) { return reached_[place] && serves(place); };
  Metres const near{off_network_.count() * kMetresPerKilometre};
  auto found = reached_.empty() ? std::nullopt : nearest_.find(position, near, helps);
  if (!found) {
    found = nearest_.find(position, near, serves);
  }
  std::string_view const movement = model::text(network_.mover().movement);
  if (!found) {
    constexpr double kAnywhere = 20'100'000;
    auto const far = nearest_.find(position, Metres{kAnywhere}, serves);
    if (!far) {
      return bad(fmt::format("the network has no way for {}", movement), "");
    }
    return bad(fmt::format("`{}` is too far from the network for {}: the nearest place with a way "
                           "for it, {}, is {:.0f} km off, more than {:.0f} km",
                           name, movement, network_.network().name(PlaceIndex{far->place}),
                           far->distance.count() / kMetresPerKilometre, off_network_.count()),
               "name a place nearer to it, or allow a greater distance off the network");
  }
  double const off_km = found->distance.count() / kMetresPerKilometre;
  double const speed = off_network_speed(network_.mover().movement).count();
  double const hours = speed > 0 ? off_km / speed : 0;
  TravelTime const off{static_cast<std::uint64_t>(std::llround(hours * kMillisecondsPerHour))};
  return FoundPoint{{.name = name,
                     .position = position,
                     .place = network_.network().name(PlaceIndex{found->place}),
                     .off = model::Kilometres{off_km},
                     .off_hours = in_hours(off)},
                    {found->place},
                    off};
}

void PointFinder::prefer_reached(std::vector<FoundPoint> const& from) {
  reached_.assign(network_.network().network().positions.size(), false);
  for (FoundPoint const& start : from) {
    reached_[start.place.place] = true;
    for (NodeIndex const door : network_.doors(start.place)) {
      auto const times = one_to_all(network_.customised(), door);
      for (std::uint32_t place = 0; place < reached_.size(); ++place) {
        for (NodeIndex const arrival : network_.doors({place})) {
          reached_[place] = reached_[place] || times[arrival.place].reached();
        }
      }
    }
  }
}

model::Error PointFinder::unknown(std::string const& name) const {
  std::vector<std::string_view> candidates;
  for (std::string const& known : network_.network().network().node_names) {
    if (!known.empty()) {
      candidates.push_back(known);
    }
  }
  auto const near = model::closest(name, candidates);
  return bad(
      fmt::format("the network has no place `{}`", name),
      near ? fmt::format("did you mean `{}`?", *near) : "name a location, or a point as LAT,LON");
}

}  // namespace guarantor::geo
