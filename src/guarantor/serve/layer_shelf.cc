#include "guarantor/serve/layer_shelf.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "guarantor/geo/line_sectors.h"
#include "guarantor/model/map_layers.h"
#include "guarantor/report/geojson_layers.h"
#include "guarantor/serve/kept_sites.h"

namespace guarantor::serve {
namespace {

using model::Result;
using Json = nlohmann::json;

model::Position position_of(Json const& pair) {
  return {model::Degrees{pair.at(0).get<double>()}, model::Degrees{pair.at(1).get<double>()}};
}

model::SiteKind kind_of(Json const& row) {
  return model::parse<model::SiteKind>(row.at("kind").get<std::string>())
      .value_or(model::SiteKind::kReserve);
}

std::vector<model::Polygon> polygons_of(Json const& geometry) {
  std::vector<model::Polygon> polygons;
  for (Json const& rings : geometry.at("coordinates")) {
    model::Polygon polygon;
    for (Json const& ring : rings) {
      model::Ring outline;
      for (Json const& pair : ring) {
        outline.push_back(position_of(pair));
      }
      polygon.rings.push_back(std::move(outline));
    }
    polygons.push_back(std::move(polygon));
  }
  return polygons;
}

/// Adds what a kept site plan shows. One that a person put in may say anything.
void add_sites(model::MapLayers& layers, std::string const& text) {
  try {
    Json const json = Json::parse(text);
    for (Json const& row : json.at("sites")) {
      if (row.at("open").get<bool>()) {
        layers.sites.push_back({.id = model::SiteId{row.at("site").get<std::string>()},
                                .kind = kind_of(row),
                                .label = row.at("label").get<std::string>(),
                                .position = {model::Degrees{row.at("lon").get<double>()},
                                             model::Degrees{row.at("lat").get<double>()}},
                                .existing = row.at("existing").get<bool>()});
      }
    }
    for (Json const& row : json.at("rings")) {
      layers.reach.push_back({.kind = kind_of(row),
                              .within = model::Hours{row.at("limit_hours").get<double>()},
                              .shape = polygons_of(row.at("geometry"))});
    }
  } catch (Json::exception const&) {
    layers.sites.clear();
    layers.reach.clear();
  }
  std::ranges::stable_sort(layers.reach,
                           [](auto const& a, auto const& b) { return a.within > b.within; });
}

}  // namespace

Result<SharedView> view_for_map(Services const& services, policy::Viewer const& viewer,
                                std::string_view scenario) {
  auto view = services.views.of(viewer, scenario);
  return !view.ok() && view.error().kind == model::ErrorKind::kBadInput
             ? services.views.of(policy::Viewer{}, scenario)
             : view;
}

Result<SharedLayers> LayerShelf::layers_of(policy::Viewer const& viewer,
                                           std::string_view scenario) const {
  auto const view = view_for_map(services_, viewer, scenario);
  auto const sites = view.ok() ? find_sites(services_.store, viewer, scenario)
                               : Result<std::optional<SeenSites>>{view.error()};
  if (!sites.ok()) {
    return sites.error();
  }
  auto const key = fmt::format("{} {} {}", scenario, view.value()->name,
                               sites.value() ? sites.value()->version : "");
  {
    std::scoped_lock const lock{mutex_};
    if (auto const found = kept_.find(key); found != kept_.end()) {
      return found->second;
    }
  }
  auto layers = geo::map_layers(view.value()->scenario);
  if (!layers.ok()) {
    return layers.error();
  }
  if (sites.value()) {
    add_sites(layers.value(), sites.value()->json);
  }
  auto texts = std::make_shared<LayerTexts>();
  for (auto& [file, text] : report::to_geojson(view.value()->scenario, layers.value())) {
    (*texts)[file.substr(0, file.find('.'))] = text;
  }
  for (std::string_view const layer : kScenarioLayers) {
    texts->try_emplace(std::string{layer}, "{\"type\":\"FeatureCollection\",\"features\":[]}\n");
  }
  std::scoped_lock const lock{mutex_};
  if (kept_.size() >= kMostKept) {
    kept_.clear();
  }
  return kept_[key] = std::move(texts);
}

}  // namespace guarantor::serve
