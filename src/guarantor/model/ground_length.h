#pragma once

#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"

namespace guarantor::model {

/// The length of the shortest line between two positions on the WGS 84 ellipsoid: the straight line
/// through the earth, bent onto a sphere of the earth's mean radius. Its error, at most 20 nm for
/// lines of up to a kilometre, grows with the cube of the length: 1 part in 10 million at 80 km, 1
/// in a million at 250 km, 12 in a million at 1,000 km. For the many short lines that a network's
/// ways are made of; `geo::distance` is exact for all lines, and takes eight times as long.
/// REQUIRES: finite coordinates, latitudes within [-90, 90].
[[nodiscard]] Metres ground_length(Position from, Position to);

}  // namespace guarantor::model
