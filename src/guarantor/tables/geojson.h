#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/place.h"
#include "guarantor/tables/column.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/json_tree.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

/// An area as read, and where its parts stood: the feature (""), its properties by name, and
/// "geometry".
struct ReadArea {
  model::Area area;
  std::map<std::string, Place> places;
  bool faulty{};  ///< part of it could not be read, and that was told
};

struct ReadAreas {
  std::vector<ReadArea> areas;
  bool whole{true};  ///< false: the file could not be read
};

/// Reads a GeoJSON FeatureCollection (RFC 7946) whose features carry `properties.area`.
[[nodiscard]] ReadAreas read_geojson(std::string_view text, std::string const& file,
                                     Limits const& limits, Diagnostics& log);

/// Reads one feature.
[[nodiscard]] ReadArea read_feature(JsonNode const& feature, Placer const& place, Diagnostics& log);

/// The properties that a feature may have of its own, as columns.
[[nodiscard]] std::vector<ColumnInfo> area_properties();

/// One area as a GeoJSON feature on one line.
[[nodiscard]] std::string write_feature(model::Area const& area);

/// All areas, a feature a line.
[[nodiscard]] std::string write_geojson(std::vector<model::Area> const& areas);

}  // namespace guarantor::tables
