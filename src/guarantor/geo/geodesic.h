#pragma once

#include <array>

#include "guarantor/geo/metres.h"
#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"

/// Shortest lines on the WGS 84 ellipsoid. Lengths are good to 15 nanometres and azimuths to
/// 1e-13 degrees up to half way round the earth (C. F. F. Karney, "Algorithms for geodesics",
/// J. Geodesy 87, 2013), nearly opposite positions included. Azimuths count clockwise from north in
/// (-180, 180]. Everything takes about a microsecond and is safe to call from any thread.
/// REQUIRES throughout: finite coordinates, latitudes within [-90, 90].
namespace guarantor::geo {

/// The shortest line from one position to another.
struct Course {
  Metres length;
  model::Degrees departure;  ///< azimuth at its start
  model::Degrees arrival;    ///< azimuth at its end, still looking forward
};

/// A place reached, and the azimuth of travel there.
struct Arrival {
  model::Position position;
  model::Degrees azimuth;
};

/// The shortest line between two positions. Where they are the same its length is 0 and its
/// azimuths mean nothing.
[[nodiscard]] Course course(model::Position from, model::Position to);

/// The length of the shortest line between two positions.
[[nodiscard]] Metres distance(model::Position a, model::Position b);

/// Where one comes to by going straight on for a length; a negative length goes backwards.
[[nodiscard]] Arrival travel(model::Position from, model::Degrees azimuth, Metres length);

/// The area within a ring of shortest lines, the smaller of its two sides, to 0.1 m2 an edge.
/// Closed or not, either way round. Means nothing for a ring that crosses itself. O(n).
[[nodiscard]] SquareMetres enclosed_area(model::Ring const& ring);

/// Metres along the three axes from the middle of the earth, on the ellipsoid. The straight line
/// between two such points is never longer than the shortest line on the surface.
[[nodiscard]] std::array<double, 3> earth_centred(model::Position position);

/// An angle brought into (-180, 180].
[[nodiscard]] model::Degrees normalised(model::Degrees angle);

/// Whether a position is finite, its latitude within [-90, 90] and its longitude within [-180,
/// 180].
[[nodiscard]] bool is_on_earth(model::Position position);

}  // namespace guarantor::geo
