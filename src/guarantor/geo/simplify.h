#pragma once

#include "guarantor/geo/area.h"
#include "guarantor/geo/metres.h"
#include "guarantor/model/place.h"

/// Fewer positions for drawing (D. H. Douglas, T. K. Peucker, 1973). Every position that is left
/// out lies within the tolerance of what is drawn instead, measured on a round earth (0.5 %).
namespace guarantor::geo {

/// The line with its ends and as few of its other positions as the tolerance asks for. O(n log n)
/// on the lines of maps, O(n^2) at worst. REQUIRES: positions on the earth.
[[nodiscard]] model::Line simplified(model::Line const& line, Metres tolerance);

/// The area with fewer positions, and still sound: where a tolerance would make it cross itself a
/// half of it is tried, and so on. Every ring stays. Neighbouring areas are simplified each for
/// itself, so slivers may open between them. O(n log n) a try on the areas of maps.
[[nodiscard]] ValidArea simplified(ValidArea const& area, Metres tolerance);

}  // namespace guarantor::geo
