#pragma once

#include <s2/s2point.h>

#include <vector>

#include "guarantor/geo/metres.h"
#include "guarantor/model/place.h"

/// How positions become the points of a round earth that s2 computes with. Private to the part: no
/// public header includes it.
namespace guarantor::geo {

inline constexpr double kMeanEarthRadius = 6371008.8;  ///< metres

/// The unit vector with this longitude and latitude. Both spellings of the antimeridian give the
/// same point, and so do all longitudes of a pole.
/// REQUIRES: a position on the earth.
[[nodiscard]] S2Point on_sphere(model::Position position);

/// The position of a point, to 1e-13 degrees.
[[nodiscard]] model::Position on_map(S2Point const& point);

/// The ring's points, each once, the way round that has the smaller side on the left; immediate
/// repetitions are left out.
[[nodiscard]] std::vector<S2Point> loop_of(model::Ring const& ring);

/// Every ring of the polygons with their inside on the left: outer rings counter-clockwise, holes
/// clockwise.
[[nodiscard]] std::vector<std::vector<S2Point>> loops_of(
    std::vector<model::Polygon> const& polygons);

}  // namespace guarantor::geo
