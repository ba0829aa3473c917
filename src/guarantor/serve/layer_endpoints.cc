#include "guarantor/serve/layer_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "guarantor/report/plan_marking.h"
#include "guarantor/serve/base_layer.h"
#include "guarantor/serve/incident_layer.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/layer_shelf.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr std::string_view kBase = "base";
constexpr std::string_view kIncidents = "incidents";

struct Words {
  std::string_view layer;
  std::string_view title;
  std::string_view kind;  ///< how it is drawn
};
constexpr Words kWords[] = {
    {"base", "Land and borders", "polygon"},    {"areas", "Areas and lines", "mixed"},
    {"reach", "Reach of the sites", "polygon"}, {"sectors", "Sectors of the line", "line"},
    {"locations", "Places", "point"},           {"sites", "Sites", "point"},
    {"incidents", "Incidents", "point"}};

struct Map {
  explicit Map(Services& all) : services{all}, shelf{all} {}
  Services& services;
  LayerShelf shelf;
};

Response tagged(std::string text) {
  auto const tag = entity_tag(text);
  auto response = respond(200, kGeoJson, std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

/// Incidents are of the scenario that is watched by.
bool is_watched(Map const& map, std::string_view scenario) {
  return map.services.watch.scenario() == scenario;
}

Result<std::vector<SharedCard>> incidents(Map const& map, Call const& call,
                                          IncidentFilter const& filter) {
  if (!is_watched(map, call.at("scenario"))) {
    return std::vector<SharedCard>{};
  }
  auto const board = map.services.watch.incidents();
  return board.ok() ? Result<std::vector<SharedCard>>{placed_incidents(*board.value(),
                                                                       call.caller.viewer, filter)}
                    : board.error();
}

Result<Response> list_layers(Map& map, Call const& call) {
  auto const layers = map.shelf.layers_of(call.caller.viewer, call.at("scenario"));
  auto const placed = layers.ok() ? incidents(map, call, {}) : layers.error();
  if (!placed.ok()) {
    return placed.error();
  }
  Json list = Json::array();
  for (Words const& words : kWords) {
    std::size_t features = placed.value().size();
    if (words.layer == kBase) {
      features = base_layer().features;
    } else if (words.layer != kIncidents) {
      auto const text = layers.value()->find(words.layer);
      features = Json::parse(text->second)["features"].size();
    }
    list.push_back({{"layer", words.layer},
                    {"title", words.title},
                    {"kind", words.kind},
                    {"features", features}});
  }
  return respond_json(list);
}

Result<Response> incident_layer(Map& map, Call const& call) {
  auto const filter = read_incident_filter(call.request);
  auto const view = filter.ok()
                        ? view_for_map(map.services, call.caller.viewer, call.at("scenario"))
                        : Result<SharedView>{filter.error()};
  auto const placed = view.ok() ? incidents(map, call, filter.value()) : view.error();
  if (!placed.ok()) {
    return placed.error();
  }
  auto const mark = report::banner(view.value()->scenario);
  std::string text = "{\"type\":\"FeatureCollection\",";
  text += mark.empty() ? "" : "\"heading\":" + dump(Json(mark)) + ",";
  text += "\"features\":[\n";
  text.reserve(text.size() + placed.value().size() * 256);
  for (SharedCard const& card : placed.value()) {
    text += feature_of(*card);
    text += card == placed.value().back() ? "\n" : ",\n";
  }
  return tagged(text + "]}\n");
}

Result<Response> get_layer(Map& map, Call const& call) {
  auto const& layer = call.at("layer");
  if (layer == kIncidents) {
    return incident_layer(map, call);
  }
  auto const layers = map.shelf.layers_of(call.caller.viewer, call.at("scenario"));
  if (!layers.ok()) {
    return layers.error();
  }
  if (layer == kBase) {
    Response response{.status = 200};
    response.headers.set("Content-Type", std::string{kGeoJson});
    response.headers.set("ETag", base_layer().tag);
    response.headers.set("Cache-Control", "public, max-age=3600");
    response.body = base_layer().text;
    return response;
  }
  auto const text = layers.value()->find(layer);
  if (text == layers.value()->end()) {
    return Error{ErrorKind::kNotFound, fmt::format("there is no layer `{}`", layer),
                 "GET …/layers lists them"};
  }
  return tagged(text->second);
}

}  // namespace

Routes layer_endpoints(Services& services) {
  auto const map = std::make_shared<Map>(services);
  auto const with = [map](auto endpoint) {
    return [map, endpoint](Call const& call) { return endpoint(*map, call); };
  };
  return {{.method = "GET",
           .path = "/api/scenarios/{scenario}/layers",
           .operation = "listLayers",
           .rule = anyone(),
           .endpoint = with(list_layers)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}/layers/{layer}",
           .operation = "getLayer",
           .rule = anyone(),
           .endpoint = with(get_layer)}};
}

}  // namespace guarantor::serve
