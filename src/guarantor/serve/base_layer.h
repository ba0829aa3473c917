#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "guarantor/report/base_map.h"

/// Land and borders under every map of the server.
namespace guarantor::serve {

/// As GeoJSON: a MultiPolygon for each country with `country` (its code) and `name`, a LineString
/// for each border with `border` (`settled` or `unsettled`). Crimea is Ukraine, as in the base map.
[[nodiscard]] std::string base_geojson(report::BaseMap const& map);

/// That of this program, made once; an empty collection where it was built without a base map.
struct BaseLayer {
  std::shared_ptr<std::string const> text;
  std::string tag;  ///< its `ETag`
  std::size_t features{};
};
[[nodiscard]] BaseLayer const& base_layer();

}  // namespace guarantor::serve
