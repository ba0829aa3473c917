#pragma once

#include <string>

#include "guarantor/model/place.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/json_tree.h"

namespace guarantor::tables {

/// Reads a GeoJSON geometry into an area; false, and told, where it is not of a kind the model
/// holds or a position is not two numbers. Shapes and ranges are for `model::validate`.
[[nodiscard]] bool read_geometry(JsonNode const& geometry, Placer const& place, Diagnostics& log,
                                 model::Area& area);

/// The geometry as JSON text; null for an area without parts.
[[nodiscard]] std::string write_geometry(model::Area const& area);

}  // namespace guarantor::tables
