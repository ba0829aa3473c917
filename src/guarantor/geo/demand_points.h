#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "guarantor/geo/metres.h"
#include "guarantor/geo/polyline.h"
#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"

namespace guarantor::geo {

/// One point that must be reached: a place, or the middle of a sector.
struct DemandPoint {
  std::size_t demand{};  ///< row of the scenario's demands
  model::SectorId sector;
  model::LocationId location;  ///< empty where it is a sector, and the other way round
  model::Position position;
};

/// Every point the demands stand for, in their order, sectors of a line from its start. Bad input:
/// a sector that its line does not have, a location without coordinates, a line that cannot be cut;
/// each named. O(points + sectors).
/// REQUIRES: a scenario that `model::validate` has passed.
[[nodiscard]] model::Result<std::vector<DemandPoint>> demand_points(
    model::Scenario const& scenario);

/// The lines of contact of a scenario, to keep a distance from.
class ContactLine {
 public:
  /// Bad input: a line of contact that cannot be measured, named.
  [[nodiscard]] static model::Result<ContactLine> of(model::Scenario const& scenario);

  /// Geodesic, to the nearest of them; nothing where the scenario has none.
  [[nodiscard]] std::optional<Metres> distance(model::Position point) const;

 private:
  std::vector<Polyline> lines_;
};

}  // namespace guarantor::geo
