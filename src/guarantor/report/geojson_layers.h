#pragma once

#include <map>
#include <string>

#include "guarantor/model/map_layers.h"
#include "guarantor/model/scenario.h"

namespace guarantor::report {

/// What the map shows, for other programs, as GeoJSON files by name (RFC 7946, WGS 84): always
/// locations.geojson and areas.geojson, and sectors.geojson, sites.geojson and reach.geojson where
/// the layers hold any. Each is a FeatureCollection, a feature a line; an exercise's or a marking's
/// banner stands in its member `heading` and in every feature. Locations without coordinates are
/// left out. O(length).
[[nodiscard]] std::map<std::string, std::string> to_geojson(model::Scenario const& scenario,
                                                            model::MapLayers const& layers);

}  // namespace guarantor::report
