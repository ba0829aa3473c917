#pragma once

#include <string>
#include <vector>

#include "guarantor/report/map_labels.h"
#include "guarantor/report/map_scene.h"

/// What lies under a plan: sea, land, borders, the net of degrees, and their names.
namespace guarantor::report {

[[nodiscard]] std::string draw_ground(MapScene const& scene, BaseMap const* base);

/// Wishes for the names of seas and countries in the frame, seas first.
[[nodiscard]] std::vector<LabelWish> ground_names(MapScene const& scene, BaseMap const* base);

/// The net of degrees, every five, with its figures along the left and lower edge, which `labels`
/// then keeps free.
[[nodiscard]] std::string draw_degrees(MapFrame const& frame, LabelPlacer& labels);

}  // namespace guarantor::report
