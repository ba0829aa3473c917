#include "guarantor/serve/ogc_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "guarantor/serve/json_body.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostItems = 10'000;

/// Widens the box by every position in nested coordinates.
void widen(std::optional<Box>& box, Json const& coordinates) {
  if (!coordinates.is_array() || coordinates.empty()) {
    return;
  }
  if (!coordinates[0].is_number()) {
    for (Json const& inner : coordinates) {
      widen(box, inner);
    }
    return;
  }
  double const x = coordinates[0].get<double>();
  double const y = coordinates[1].get<double>();
  box = box ? Box{std::min(box->west, x), std::min(box->south, y), std::max(box->east, x),
                  std::max(box->north, y)}
            : Box{x, y, x, y};
}

std::optional<Box> box_of(Json const& geometry) {
  std::optional<Box> box;
  if (auto const parts = geometry.find("geometries"); parts != geometry.end()) {
    for (Json const& part : *parts) {
      widen(box, part["coordinates"]);
    }
  } else if (geometry.contains("coordinates")) {
    widen(box, geometry["coordinates"]);
  }
  return box;
}

/// A site may stand for two kinds; a ring has no name: both are told apart by what they are.
std::string id_of(Json const& properties, Collection const& collection) {
  auto const text = [&](char const* name) {
    auto const found = properties.find(name);
    return found == properties.end() ? std::string{}
           : found->is_string()      ? found->get<std::string>()
                                     : found->dump();
  };
  if (!collection.key.empty()) {
    return text(std::string{collection.key}.c_str());
  }
  return text("kind") + "-" + (collection.id == "sites" ? text("site") : text("within_hours"));
}

Feature of_incident(SharedCard const& card) {
  Feature feature{.id = card->id.text(),
                  .box = {},
                  .from = card->from,
                  .to = card->to,
                  .card = card,
                  .json = {}};
  double const x = card->place->longitude.count();
  double const y = card->place->latitude.count();
  feature.box = Box{x, y, x, y};
  return feature;
}

Result<std::optional<std::size_t>> whole_number(Request const& request, char const* name) {
  auto const text = request.parameter(name);
  if (!text) {
    return std::optional<std::size_t>{};
  }
  std::size_t value = 0;
  auto const [end, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (failure != std::errc{} || end != text->data() + text->size()) {
    return Error{ErrorKind::kBadInput, fmt::format("{} must be a whole number", name), ""};
  }
  return std::optional{value};
}

/// One end of an interval; `..` and nothing are open.
Result<std::optional<model::Instant>> end_of(std::string_view text, bool is_end) {
  if (text.empty() || text == "..") {
    return std::optional<model::Instant>{};
  }
  if (auto const instant = model::parse_instant(text)) {
    return instant;
  }
  if (auto const day = model::parse_date(text)) {
    model::Instant const begin{*day};
    return std::optional{is_end ? begin + std::chrono::hours{24} - std::chrono::microseconds{1}
                                : begin};
  }
  return Error{ErrorKind::kBadInput, fmt::format("datetime: `{}` is no moment", text),
               "as 2026-06-03T12:00:00Z, or two with a slash between; `..` is open"};
}

Result<model::Done> read_datetime(std::string_view text, ItemsWanted& wanted) {
  auto const slash = text.find('/');
  auto const from = end_of(text.substr(0, slash), false);
  auto const to = end_of(slash == std::string_view::npos ? text : text.substr(slash + 1), true);
  if (!from.ok() || !to.ok()) {
    return from.ok() ? to.error() : from.error();
  }
  wanted.from = from.value();
  wanted.to = to.value();
  return model::Done{};
}

}  // namespace

Collection const* find_collection(std::string_view id) {
  auto const found = std::ranges::find(kCollections, id, &Collection::id);
  return found == kCollections.end() ? nullptr : &*found;
}

std::string text_of(Feature const& feature) {
  return feature.card ? feature_of(*feature.card) : dump(feature.json);
}

Result<std::vector<Feature>> features_of(Services& services, LayerShelf const& shelf,
                                         policy::Viewer const& viewer,
                                         Collection const& collection) {
  std::vector<Feature> features;
  if (collection.id == "incidents") {
    auto const board = services.watch.incidents();
    if (!board.ok()) {
      return board.error();
    }
    IncidentFilter all;
    all.limit = SIZE_MAX;
    for (SharedCard const& card : placed_incidents(*board.value(), viewer, all)) {
      features.push_back(of_incident(card));
    }
    return features;
  }
  if (services.usual_scenario.empty()) {
    return features;
  }
  auto const layers = shelf.layers_of(viewer, services.usual_scenario);
  if (!layers.ok()) {
    return layers.error();
  }
  Json const layer = Json::parse(layers.value()->find(collection.id)->second);
  for (Json const& json : layer["features"]) {
    Feature feature{.id = id_of(json["properties"], collection),
                    .box = box_of(json["geometry"]),
                    .from = {},
                    .to = {},
                    .json = {{"type", "Feature"}}};
    feature.json["id"] = feature.id;
    feature.json["properties"] = json["properties"];
    feature.json["geometry"] = json["geometry"];
    features.push_back(std::move(feature));
  }
  return features;
}

bool ItemsWanted::takes(Feature const& feature) const {
  if (box) {
    if (!feature.box) {
      return false;
    }
    Box const& at = *feature.box;
    bool const beside = box->west <= box->east && (at.east < box->west || at.west > box->east);
    bool const between = box->west > box->east && at.east < box->west && at.west > box->east;
    if (beside || between || at.north < box->south || at.south > box->north) {
      return false;
    }
  }
  // What has no time is there at all times.
  return (!from || !feature.to || *feature.to >= *from) &&
         (!to || !feature.from || *feature.from <= *to);
}

Result<ItemsWanted> read_items_wanted(Request const& request) {
  ItemsWanted wanted;
  auto const limit = whole_number(request, "limit");
  auto const offset = limit.ok() ? whole_number(request, "offset") : limit;
  if (!offset.ok()) {
    return offset.error();
  }
  if (limit.value() == std::optional<std::size_t>{0}) {
    return Error{ErrorKind::kBadInput, "limit must be 1 or more", ""};
  }
  wanted.limit = std::min(limit.value().value_or(wanted.limit), kMostItems);
  wanted.offset = offset.value().value_or(0);
  if (auto const text = request.parameter("bbox"); text && !text->empty()) {
    auto const box = read_box(*text);
    if (!box.ok()) {
      return box.error();
    }
    wanted.box = box.value();
  }
  if (auto const text = request.parameter("datetime"); text && !text->empty()) {
    if (auto const read = read_datetime(*text, wanted); !read.ok()) {
      return read.error();
    }
  }
  return wanted;
}

}  // namespace guarantor::serve
