#pragma once

#include <vector>

#include "guarantor/geo/metres.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/run_control.h"

namespace guarantor::geo {

/// A place and when it is reached.
struct ReachedPoint {
  model::Position place;
  model::Hours time;
};

/// A piece of a way and when its ends are reached; between them the time runs evenly.
struct ReachedStretch {
  ReachedPoint from;
  ReachedPoint to;
};

/// What is reached, and what shall count as reached beside it. At a place reached at time t, all
/// within `beside · min(1, (limit − t) / beside_time)` of it belongs to the limit: one may leave
/// the way for as long as time is left, but by no more than `beside`.
struct IsochroneRequest {
  std::vector<ReachedPoint> points;
  std::vector<ReachedStretch> stretches;
  std::vector<model::Hours> limits;
  Metres beside{5'000};
  model::Hours beside_time{0};  ///< to go that far beside the way; 0: no time at all
  Metres grid{1'000};           ///< between the places looked at; detail below it is lost
};

/// What is reached within a limit. Empty where nothing is, or nothing as large as the grid.
struct Isochrone {
  model::Hours limit;
  std::vector<model::Polygon> polygons;
};

/// The outline of what is reached within each limit, in the order of the limits. The union of discs
/// around everything reached, sampled every half `grid`, is read off on a grid and its edge drawn
/// by marching squares (W. E. Lorensen, H. E. Cline, SIGGRAPH 1987, in two dimensions), placed
/// between grid places by how far each lies inside or outside: the outline is good to about a tenth
/// of the grid on its straight parts. The polygons are sound areas (area.h), outer rings
/// counter-clockwise, positions rounded to 1e-7 degrees; a longer limit's hold a shorter one's.
///
/// Bad input: a place not on the earth or beyond 80 degrees of latitude, or places more than 170
/// degrees of longitude apart; a time or limit that is not a finite number; `grid` not between 10 m
/// and 100 km; `beside` not between `grid` and 500 km; a negative `beside_time`. Limit: more than
/// 50 million grid places, or the run was stopped. Time O(samples · (beside / grid)^2 + grid
/// places) a limit, 16 bytes a grid place.
[[nodiscard]] model::Result<std::vector<Isochrone>> isochrones(
    IsochroneRequest const& request, model::RunControl const& control = {});

}  // namespace guarantor::geo
