#pragma once

#include <memory>
#include <optional>
#include <string>

#include "guarantor/intake/adapter.h"
#include "guarantor/intake/mapping.h"

namespace guarantor::intake {

struct GeoJsonOptions {
  /// Which properties say what; nothing: they are called as our own form calls its members.
  std::optional<Mapping> mapping{};
  std::string source{"geojson"};  ///< where there is no mapping
  Limits limits{};
};

/// Reads features of GeoJSON (RFC 7946): a FeatureCollection, feature by feature, or one feature a
/// line. A property that is a list of texts reads as these with the mapping's evidence separator
/// between; the column `id` is the feature's own id where no property is called so.
///
/// A point is the place. Of any other geometry the place is the middle of its box, and the
/// precision at least half the box's diagonal, on a sphere of 6,371,008.8 m and good to 1 % below
/// 1,000 km; a box across the antimeridian is taken the long way round.
[[nodiscard]] std::unique_ptr<Adapter> geojson_features(GeoJsonOptions const& options = {});

}  // namespace guarantor::intake
