#pragma once

#include <string>
#include <vector>

#include "guarantor/geo/sectors.h"
#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"
#include "guarantor/watch/replay_draw.h"
#include "guarantor/watch/watched_places.h"

namespace guarantor::watch {

/// What a play stands at.
enum class Ground { kFront, kBorder, kPlant, kDam, kPort, kLane, kCity, kNowhere };

/// A place to play at.
struct PlayedPlace {
  model::Position place;
  model::SectorId sector;
  model::Kilometres from_line{};
};

/// The map that is played on. The scenario must outlive it.
class ReplayGround {
 public:
  /// Errors as `replay`.
  [[nodiscard]] static model::Result<ReplayGround> from(model::Scenario const& scenario);

  [[nodiscard]] model::Scenario const& scenario() const { return *scenario_; }
  [[nodiscard]] WatchedPlaces const& places() const { return places_; }
  [[nodiscard]] std::vector<geo::Sector> const& sectors(bool border) const {
    return border ? borders_ : fronts_;
  }
  [[nodiscard]] std::vector<model::PartyId> const& parties() const { return parties_; }

  /// A place on the ground asked for, so far from its line or site; on the front where the map has
  /// none of it.
  [[nodiscard]] PlayedPlace draw(Ground ground, model::Kilometres nearest,
                                 model::Kilometres furthest, ReplayDraw& draw) const;

  /// Whether every place within the margin is inside or outside of what the clauses about these
  /// kinds name, as this place is: no noise changes what is tested.
  [[nodiscard]] bool is_clear(model::Position place, std::vector<model::EventKind> const& kinds,
                              model::Metres margin) const;

 private:
  [[nodiscard]] std::vector<model::Position> sites(Ground ground) const;
  ReplayGround(model::Scenario const& scenario, WatchedPlaces places)
      : scenario_{&scenario}, places_{std::move(places)} {}

  model::Scenario const* scenario_;
  WatchedPlaces places_;
  std::vector<geo::Sector> fronts_;
  std::vector<geo::Sector> borders_;
  std::vector<model::PartyId> parties_;
};

}  // namespace guarantor::watch
