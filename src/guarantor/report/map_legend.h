#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guarantor/report/map_labels.h"
#include "guarantor/report/map_scene.h"

/// What stands beside a map to read it by.
namespace guarantor::report {

/// Scale bar and arrow of north, in the corner that covers least; kept free of names.
[[nodiscard]] std::string draw_scale(MapScene const& scene, LabelPlacer& labels);

/// One sign and what it means.
struct LegendEntry {
  std::string sign;  ///< SVG about the point (0, 0), at most 30 wide
  std::string meaning;
};

/// The entries in columns below the map, whose lower edge is `top`, and how high they are.
struct Legend {
  std::string drawing;
  double height{};
};
[[nodiscard]] Legend draw_legend(std::vector<LegendEntry> const& entries, double top);

}  // namespace guarantor::report
