#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/incident_layer.h"
#include "guarantor/serve/layer_shelf.h"

/// The layers of the map as collections of OGC API Features.
namespace guarantor::serve {

struct Collection {
  std::string_view id;
  std::string_view title;
  std::string_view about;
  std::string_view key;  ///< the property that names a feature; empty: by its place
};
inline constexpr std::array<Collection, 6> kCollections{{
    {"locations", "Places", "Places of the scenario, with who controls them", "location"},
    {"areas", "Areas and lines", "Areas of the scenario, borders and lines of contact", "area"},
    {"sectors", "Sectors", "Stretches that the lines are watched in", "sector"},
    {"sites", "Sites", "Reserves, stockpiles and medical stations that stand or were chosen", ""},
    {"reach", "Reach", "What is reached from the sites within a time", ""},
    {"incidents", "Incidents", "What happened, as far as it is known where", "id"},
}};

[[nodiscard]] Collection const* find_collection(std::string_view id);

/// One feature, and what it is found by.
struct Feature {
  std::string id;
  std::optional<Box> box;
  std::optional<model::Instant> from;  ///< of incidents
  std::optional<model::Instant> to;
  SharedCard card{};            ///< of incidents: the feature is written when it is asked for
  nlohmann::ordered_json json;  ///< of others
};
/// As GeoJSON with its `id`.
[[nodiscard]] std::string text_of(Feature const& feature);

/// Every feature of a collection that the viewer sees, in a fixed order. Errors as
/// `LayerShelf::layers_of`, and those of the store.
[[nodiscard]] model::Result<std::vector<Feature>> features_of(Services& services,
                                                              LayerShelf const& shelf,
                                                              policy::Viewer const& viewer,
                                                              Collection const& collection);

/// What of a collection is asked for.
struct ItemsWanted {
  std::size_t limit{100};
  std::size_t offset{};
  std::optional<Box> box;
  std::optional<model::Instant> from;  ///< of `datetime`; open where absent
  std::optional<model::Instant> to;

  [[nodiscard]] bool takes(Feature const& feature) const;
};
/// Reads `limit` (at most 10,000), `offset`, `bbox` and `datetime`. Error kBadInput.
[[nodiscard]] model::Result<ItemsWanted> read_items_wanted(Request const& request);

}  // namespace guarantor::serve
