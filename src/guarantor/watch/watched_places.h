#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/geo/area_index.h"
#include "guarantor/geo/polyline.h"
#include "guarantor/geo/sectors.h"
#include "guarantor/model/agreement.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"
#include "guarantor/model/scenario.h"

namespace guarantor::watch {

/// How far something lies from what a clause or an indicator names.
struct Proximity {
  std::optional<model::Kilometres> distance;  ///< to the line or site; absent: within an area
  std::string near;                           ///< the line, site or area
};

/// A scenario's areas, lines and locations, to be asked about many places.
class WatchedPlaces {
 public:
  /// Bad input: an area or line that cannot be measured, named.
  [[nodiscard]] static model::Result<WatchedPlaces> from(model::Scenario const& scenario);
  ~WatchedPlaces();
  WatchedPlaces(WatchedPlaces&&) noexcept;
  WatchedPlaces& operator=(WatchedPlaces&&) noexcept;

  /// Whether a place is where a clause or an indicator says, and how near; nothing where it is not.
  [[nodiscard]] std::optional<Proximity> where(model::Clause const& clause,
                                               model::Position place) const;
  [[nodiscard]] std::optional<Proximity> where(model::Indicator const& indicator,
                                               model::Position place) const;

  /// The nearest sector of a line that is watched, the line of contact or a border, within 60 km.
  [[nodiscard]] model::SectorId sector(model::Position place) const;
  /// All sectors, in the order of their lines.
  [[nodiscard]] std::vector<geo::Sector> const& sectors() const;
  /// The middle of a sector, or nothing for one that does not exist.
  [[nodiscard]] std::optional<model::Position> middle(model::SectorId const& sector) const;

 private:
  struct Shapes;
  explicit WatchedPlaces(std::unique_ptr<Shapes> shapes);

  std::unique_ptr<Shapes> shapes_;
};

}  // namespace guarantor::watch
