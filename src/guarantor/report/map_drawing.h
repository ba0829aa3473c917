#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/report/map_labels.h"
#include "guarantor/report/map_scene.h"

namespace guarantor::report {

/// The map of a scenario as one SVG, 1000 units wide, in the classes of the brief's style sheet:
/// land and borders, lines and their sectors, areas, places by kind, sites and what is reached from
/// them where the layers hold any, names of which none covers another, scale, north, legend,
/// credit. Nothing where the scenario gives no position. O(shapes + places²).
[[nodiscard]] std::optional<std::string> draw_map(model::Scenario const& scenario,
                                                  MapSource const& source);

/// The same in its parts, for those who look closer.
struct MapDrawing {
  double height{};                  ///< of the whole, legend included
  PaperBox frame;                   ///< within which all names lie
  std::vector<PlacedLabel> labels;  ///< none over another
  std::string inner;                ///< SVG
};
[[nodiscard]] std::optional<MapDrawing> compose_map(model::Scenario const& scenario,
                                                    MapSource const& source);

}  // namespace guarantor::report
