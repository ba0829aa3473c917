#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/serve/ogc_features.h"

/// The pages of OGC API Features around the features themselves. `root` is the address of `/ogc` as
/// the caller knows it.
namespace guarantor::serve {

/// `http://host/ogc`: links must be whole addresses for GDAL. A host that is none gives `/ogc`.
[[nodiscard]] std::string ogc_root(Request const& request);

[[nodiscard]] nlohmann::ordered_json ogc_link(std::string const& address, std::string_view relation,
                                              std::string_view type, std::string_view title);
[[nodiscard]] nlohmann::ordered_json landing_page(std::string const& root, std::string_view title);
[[nodiscard]] nlohmann::ordered_json conformance_page();
/// The definition of the API in OpenAPI 3.0, as GDAL and QGIS read it.
[[nodiscard]] nlohmann::ordered_json api_page(std::string const& root);
/// A collection with the extent of what the caller sees of it.
[[nodiscard]] nlohmann::ordered_json collection_page(std::string const& root,
                                                     Collection const& collection,
                                                     std::vector<Feature> const& features);

}  // namespace guarantor::serve
