#pragma once

#include <vector>

#include "guarantor/geo/sectors.h"
#include "guarantor/model/error.h"
#include "guarantor/model/map_layers.h"
#include "guarantor/model/scenario.h"

/// The sectors of a scenario's lines. They are stored nowhere: they follow from the line and its
/// `sector_km`, so that a line redrawn has its sectors redrawn.
namespace guarantor::geo {

/// A line and what its rule cuts it into, from its start.
struct LineSectors {
  model::AreaId line;
  std::vector<Sector> sectors;
};

/// The sectors of every line that has a sector length, in the order of the areas. Bad input: a line
/// that cannot be measured or cut, named. O(n + sectors · log n).
[[nodiscard]] model::Result<std::vector<LineSectors>> sectors_of(model::Scenario const& scenario);

/// The same as layers of a map.
[[nodiscard]] model::Result<model::MapLayers> map_layers(model::Scenario const& scenario);

}  // namespace guarantor::geo
