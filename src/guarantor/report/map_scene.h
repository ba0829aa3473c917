#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/map_layers.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"
#include "guarantor/report/base_map.h"
#include "guarantor/report/map_frame.h"
#include "guarantor/report/map_symbols.h"

namespace guarantor::report {

/// What a map is drawn from beside the scenario.
struct MapSource {
  model::MapLayers layers;
  BaseMap const* base{};                 ///< null: land and borders are not known
  std::optional<model::SitePlan> sites;  ///< that the layers show, for what is said beside the map
};

/// A location on the paper.
struct MapPlace {
  std::string label;
  MapSymbol symbol{MapSymbol::kOther};
  PlaceStanding standing{PlaceStanding::kOther};
  int weight{};  ///< how often lines of requirements, demands and sites name it
  PaperPoint at;
};

/// What a map shows of a scenario, and where on the paper.
struct MapScene {
  MapFrame frame;
  std::vector<MapPlace> places;           ///< within the frame, the most important first
  std::vector<MapPlace> beyond;           ///< named by requirements, and outside it
  std::vector<model::Area const*> areas;  ///< to be outlined
  std::vector<model::Area const*> lines;  ///< of contact, and borders
  std::string host;                       ///< the country that most needed places are in
};

/// Gathers the scene; nothing where the scenario gives no position at all. A location of the kind
/// `line` stands for a line that is drawn, and an area that holds most others is the background:
/// both are left out where there is a base map.
[[nodiscard]] std::optional<MapScene> gather_scene(model::Scenario const& scenario,
                                                   MapSource const& source);

}  // namespace guarantor::report
