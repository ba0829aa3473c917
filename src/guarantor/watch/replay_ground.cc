#include "guarantor/watch/replay_ground.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/line_sectors.h"

namespace guarantor::watch {
namespace {

using model::Degrees;
using model::Kilometres;
using model::Metres;
using model::Position;

constexpr double kMetres = 1000;
constexpr double kRound = 360;
constexpr double kAcross = 90;

std::vector<std::string_view> kinds_of(Ground ground) {
  switch (ground) {
    case Ground::kPlant:
      return {"plant"};
    case Ground::kDam:
      return {"dam"};
    case Ground::kPort:
      return {"port"};
    case Ground::kLane:
      return {"sea lane"};
    case Ground::kCity:
      return {"city"};
    default:
      return {};
  }
}

/// Whether some clause speaks of a location.
bool is_named(model::Scenario const& scenario, model::Location const& location) {
  return std::ranges::any_of(scenario.clauses, [&](model::Clause const& clause) {
    return std::ranges::any_of(clause.sites, [&](std::string const& site) {
      return site == location.id.text() || site == location.kind;
    });
  });
}

PlayedPlace beside(geo::Sector const& sector, Kilometres off, ReplayDraw& draw) {
  geo::Course const along = geo::course(sector.start, sector.end);
  // Away from the ends, so that it is of this stretch.
  auto const foot =
      geo::travel(sector.start, along.departure, along.length * draw.between(0.1, 0.9));
  double const turn = draw.chance(0.5) ? kAcross : -kAcross;
  auto const place =
      geo::travel(foot.position, geo::normalised(Degrees{foot.azimuth.count() + turn}),
                  Metres{off.count() * kMetres});
  return {place.position, model::SectorId{sector.id}, off};
}

}  // namespace

model::Result<ReplayGround> ReplayGround::from(model::Scenario const& scenario) {
  auto places = WatchedPlaces::from(scenario);
  if (!places.ok()) {
    return places.error();
  }
  auto lines = geo::sectors_of(scenario);
  if (!lines.ok()) {
    return lines.error();
  }
  ReplayGround ground{scenario, std::move(places).value()};
  for (geo::LineSectors& line : lines.value()) {
    auto const area = std::ranges::find(scenario.areas, line.line, &model::Area::id);
    bool const border = area->kind == model::AreaKind::kBorder;
    std::ranges::move(line.sectors, std::back_inserter(border ? ground.borders_ : ground.fronts_));
  }
  if (ground.fronts_.empty()) {
    return model::Error{model::ErrorKind::kBadInput,
                        "no line of contact that is cut into sectors: nothing can be played",
                        "give a line of areas.geojson a `sector_km`"};
  }
  for (model::PartyPosition const& position : scenario.positions) {
    if (std::ranges::find(ground.parties_, position.party) == ground.parties_.end()) {
      ground.parties_.push_back(position.party);
    }
  }
  return ground;
}

std::vector<Position> ReplayGround::sites(Ground ground) const {
  constexpr Metres kInReach{500'000};
  auto const kinds = kinds_of(ground);
  std::vector<Position> sites;
  for (model::Location const& location : scenario_->locations) {
    bool const wanted = std::ranges::find(kinds, location.kind) != kinds.end();
    if (!wanted || !location.latitude || !location.longitude) {
      continue;
    }
    Position const place{.longitude = *location.longitude, .latitude = *location.latitude};
    bool const near = std::ranges::any_of(fronts_, [&](geo::Sector const& sector) {
      return geo::distance(sector.middle, place) <= kInReach;
    });
    if (ground == Ground::kCity ? near : is_named(*scenario_, location)) {
      sites.push_back(place);
    }
  }
  return sites;
}

PlayedPlace ReplayGround::draw(Ground ground, Kilometres nearest, Kilometres furthest,
                               ReplayDraw& draw) const {
  Kilometres const off{draw.between(nearest.count(), furthest.count())};
  std::vector<Position> const known = sites(ground);
  if (known.empty()) {
    bool const border = ground == Ground::kBorder && !borders_.empty();
    return beside(draw.of(border ? borders_ : fronts_), off, draw);
  }
  auto const place = geo::travel(draw.of(known), geo::normalised(Degrees{draw.between(0, kRound)}),
                                 Metres{off.count() * kMetres});
  return {place.position, {}, {}};
}

bool ReplayGround::is_clear(Position place, std::vector<model::EventKind> const& kinds,
                            Metres margin) const {
  constexpr int kDirections = 8;
  std::vector<Position> around;
  for (int i = 0; i < kDirections; ++i) {
    Degrees const azimuth = geo::normalised(Degrees{kRound * i / kDirections});
    around.push_back(geo::travel(place, azimuth, margin).position);
  }
  return std::ranges::all_of(scenario_->clauses, [&](model::Clause const& clause) {
    bool const speaks = std::ranges::any_of(clause.acts, [&](model::EventKind act) {
      return std::ranges::find(kinds, act) != kinds.end();
    });
    if (!speaks) {
      return true;
    }
    bool const here = places_.where(clause, place).has_value();
    return std::ranges::all_of(
        around, [&](Position near) { return places_.where(clause, near).has_value() == here; });
  });
}

}  // namespace guarantor::watch
