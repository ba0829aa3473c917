#pragma once

#include <vector>

#include "guarantor/geo/reach_points.h"
#include "guarantor/model/error.h"
#include "guarantor/model/reach.h"
#include "guarantor/model/run_control.h"

/// Part of `reach`; nothing else includes this.
namespace guarantor::geo {

/// The outlines of what is reached within limits. `times` are those of the graph's nodes; a way
/// counts along its length where the mover goes by itself and can stop there, and at its ends only
/// where the mover is carried or flies. Errors as `isochrones`.
[[nodiscard]] model::Result<std::vector<model::ReachRing>> rings(
    MoverNetwork const& network, std::vector<FoundPoint> const& from,
    std::vector<TravelTime> const& times, std::vector<model::ReachedPlace> const& reached,
    std::vector<model::Hours> const& limits, model::Kilometres off_network,
    model::RunControl const& control);

}  // namespace guarantor::geo
