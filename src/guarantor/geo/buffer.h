#pragma once

#include <vector>

#include "guarantor/geo/metres.h"
#include "guarantor/geo/polyline.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"

/// What lies within a distance. The outlines are sound areas (area.h) with positions rounded to
/// 1e-7 degrees (about 1 cm). Round pieces are drawn with 90 positions to the full circle, each at
/// the distance on the ellipsoid: so an outline lies inside the true one by at most 0.07 % of the
/// distance, and outside by no more than the rounding and 2 millionths of the distance.
namespace guarantor::geo {

/// All within a distance of a point.
/// Bad input: a point off the earth; a distance that is not between 1 m and 1,000 km.
[[nodiscard]] model::Result<std::vector<model::Polygon>> buffer(model::Position point,
                                                                Metres distance);

/// All within a distance of a line, both ends rounded. Where the line comes back on itself the
/// polygon has holes. Bad input: as above, and a line so long for its distance that it would take
/// more than 200,000 pieces. O(n log n).
[[nodiscard]] model::Result<std::vector<model::Polygon>> buffer(Polyline const& line,
                                                                Metres distance);

/// The line that runs beside a line at a distance on one side of it, looking along it, from beside
/// its start to beside its end: corners rounded outside, and inside cut where it would come nearer
/// to another stretch of the line than the distance. So it may come in several pieces, ordered by
/// where along the line they begin, or in none. Each piece runs the way the line does, and its
/// positions have the distance from the line to 2 cm, but at an inward cut to 0.1 %. Bad input: as
/// for buffer, or a side that is none (kOn).
[[nodiscard]] model::Result<std::vector<model::Line>> offset(Polyline const& line, Side side,
                                                             Metres distance);

}  // namespace guarantor::geo
