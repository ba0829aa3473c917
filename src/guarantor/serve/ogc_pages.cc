#include "guarantor/serve/ogc_pages.h"

#include <algorithm>
#include <optional>

namespace guarantor::serve {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kCrs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr std::string_view kOpenApi = "application/vnd.oai.openapi+json;version=3.0";

Json parameter(char const* name, Json schema, bool in_path = false) {
  return {{"name", name},
          {"in", in_path ? "path" : "query"},
          {"required", in_path},
          {"schema", std::move(schema)}};
}

Json operation(char const* id, char const* type, Json parameters) {
  Json out{{"operationId", id}};
  out["parameters"] = std::move(parameters);
  out["responses"]["200"] = {{"description", "found"}};
  out["responses"]["200"]["content"][type]["schema"] = {{"type", "object"}};
  return {{"get", std::move(out)}};
}

Json extent_of(std::vector<Feature> const& features) {
  std::optional<Box> box;
  std::optional<model::Instant> from;
  std::optional<model::Instant> to;
  for (Feature const& feature : features) {
    if (feature.box) {
      Box const& at = *feature.box;
      box = box ? Box{std::min(box->west, at.west), std::min(box->south, at.south),
                      std::max(box->east, at.east), std::max(box->north, at.north)}
                : at;
    }
    if (feature.from && feature.to) {
      from = from ? std::min(*from, *feature.from) : *feature.from;
      to = to ? std::max(*to, *feature.to) : *feature.to;
    }
  }
  Json extent = Json::object();
  if (box) {
    extent["spatial"] = {
        {"bbox", Json::array({Json::array({box->west, box->south, box->east, box->north})})},
        {"crs", kCrs84}};
  }
  if (from) {
    extent["temporal"] = {
        {"interval", Json::array({Json::array({model::print(*from), model::print(*to)})})}};
  }
  return extent;
}

}  // namespace

std::string ogc_root(Request const& request) {
  auto const host = request.headers.find("Host").value_or("");
  bool const sound = !host.empty() && std::ranges::all_of(host, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '.' || letter == '-' || letter == ':' ||
           letter == '[' || letter == ']';
  });
  return (sound ? (request.secure ? "https://" : "http://") + std::string{host} : std::string{}) +
         "/ogc";
}

Json ogc_link(std::string const& address, std::string_view relation, std::string_view type,
              std::string_view title) {
  return {{"href", address}, {"rel", relation}, {"type", type}, {"title", title}};
}

Json landing_page(std::string const& root, std::string_view title) {
  return {
      {"title", title},
      {"description",
       "Places, areas, sectors, sites, reach and incidents, as far as they are "
       "released to you"},
      {"links",
       Json::array({ogc_link(root, "self", kJson, "this page"),
                    ogc_link(root + "/api", "service-desc", kOpenApi, "the API"),
                    ogc_link(root + "/conformance", "conformance", kJson, "what it conforms to"),
                    ogc_link(root + "/collections", "data", kJson, "the data")})}};
}

Json conformance_page() {
  return {{"conformsTo",
           {"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson"}}};
}

Json api_page(std::string const& root) {
  Json const collection = parameter("collection", {{"type", "string"}}, true);
  Json const feature = parameter("feature", {{"type", "string"}}, true);
  Json const limit = parameter(
      "limit", {{"type", "integer"}, {"minimum", 1}, {"maximum", 10'000}, {"default", 100}});
  Json const offset = parameter("offset", {{"type", "integer"}, {"minimum", 0}, {"default", 0}});
  Json const bbox = parameter(
      "bbox",
      {{"type", "array"}, {"minItems", 4}, {"maxItems", 6}, {"items", {{"type", "number"}}}});
  Json const datetime = parameter("datetime", {{"type", "string"}});
  Json const none = Json::array();
  Json out{{"openapi", "3.0.3"}, {"info", {{"title", "Guarantor"}, {"version", "1.0"}}}};
  out["servers"] = Json::array({{{"url", root}}});
  Json& paths = out["paths"];
  paths["/"] = operation("getLandingPage", "application/json", none);
  paths["/conformance"] = operation("getConformance", "application/json", none);
  paths["/collections"] = operation("getCollections", "application/json", none);
  paths["/collections/{collection}"] =
      operation("getCollection", "application/json", Json::array({collection}));
  paths["/collections/{collection}/items"] = operation(
      "getItems", "application/geo+json", Json::array({collection, limit, offset, bbox, datetime}));
  paths["/collections/{collection}/items/{feature}"] =
      operation("getItem", "application/geo+json", Json::array({collection, feature}));
  return out;
}

Json collection_page(std::string const& root, Collection const& collection,
                     std::vector<Feature> const& features) {
  auto const address = root + "/collections/" + std::string{collection.id};
  return {
      {"id", collection.id},
      {"title", collection.title},
      {"description", collection.about},
      {"itemType", "feature"},
      {"extent", extent_of(features)},
      {"crs", Json::array({kCrs84})},
      {"links", Json::array({ogc_link(address, "self", kJson, "this collection"),
                             ogc_link(address + "/items", "items", kGeoJson, "its features")})}};
}

}  // namespace guarantor::serve
