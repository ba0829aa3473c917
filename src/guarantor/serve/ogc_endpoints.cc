#include "guarantor/serve/ogc_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/serve/json_body.h"
#include "guarantor/serve/ogc_pages.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

struct Desk {
  explicit Desk(Services& all) : services{all}, shelf{all} {}
  Services& services;
  LayerShelf shelf;
};

Result<Collection const*> collection_at(Call const& call) {
  auto const* const collection = find_collection(call.at("collection"));
  return collection != nullptr
             ? Result<Collection const*>{collection}
             : Error{ErrorKind::kNotFound,
                     fmt::format("there is no collection `{}`", call.at("collection")),
                     "/ogc/collections lists them"};
}

Result<std::vector<Feature>> features_at(Desk& desk, Call const& call,
                                         Result<Collection const*> const& collection) {
  return collection.ok()
             ? features_of(desk.services, desk.shelf, call.caller.viewer, *collection.value())
             : collection.error();
}

Result<Response> landing(Desk& desk, Call const& call) {
  auto const view = view_for_map(desk.services, call.caller.viewer, desk.services.usual_scenario);
  return respond_json(landing_page(ogc_root(call.request),
                                   view.ok() ? view.value()->scenario.header.title : "Guarantor"));
}

Result<Response> conformance(Desk&, Call const&) {
  return respond_json(conformance_page());
}

Result<Response> api(Desk&, Call const& call) {
  return respond(200, "application/vnd.oai.openapi+json;version=3.0",
                 dump(api_page(ogc_root(call.request))));
}

Result<Response> list_collections(Desk& desk, Call const& call) {
  auto const root = ogc_root(call.request);
  Json json{{"links", Json::array({ogc_link(root + "/collections", "self", kJson, "the data")})},
            {"collections", Json::array()}};
  for (Collection const& collection : kCollections) {
    auto const features = features_at(desk, call, &collection);
    if (!features.ok()) {
      return features.error();
    }
    json["collections"].push_back(collection_page(root, collection, features.value()));
  }
  return respond_json(json);
}

Result<Response> get_collection(Desk& desk, Call const& call) {
  auto const collection = collection_at(call);
  auto const features = features_at(desk, call, collection);
  return features.ok() ? Result<Response>{respond_json(collection_page(
                             ogc_root(call.request), *collection.value(), features.value()))}
                       : features.error();
}

/// The query without `offset`, which each page sets anew.
std::string rest_of(std::string_view query) {
  std::string rest;
  while (!query.empty()) {
    std::string_view const pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (!pair.empty() && !pair.starts_with("offset=")) {
      rest += std::string{pair} + "&";
    }
  }
  return rest;
}

Result<Response> get_items(Desk& desk, Call const& call) {
  auto const wanted = read_items_wanted(call.request);
  auto const collection = wanted.ok() ? collection_at(call) : wanted.error();
  auto const features = features_at(desk, call, collection);
  if (!features.ok()) {
    return features.error();
  }
  std::vector<Feature const*> found;
  for (Feature const& feature : features.value()) {
    if (wanted.value().takes(feature)) {
      found.push_back(&feature);
    }
  }
  std::size_t const begin = std::min(wanted.value().offset, found.size());
  std::size_t const end = begin + std::min(wanted.value().limit, found.size() - begin);
  auto const address =
      ogc_root(call.request) + "/collections/" + std::string{collection.value()->id};
  auto const rest = rest_of(call.request.query);
  Json links = Json::array({ogc_link(fmt::format("{}/items?{}offset={}", address, rest, begin),
                                     "self", kGeoJson, "this page"),
                            ogc_link(address, "collection", kJson, "the collection")});
  if (end < found.size()) {
    links.push_back(ogc_link(fmt::format("{}/items?{}offset={}", address, rest, end), "next",
                             kGeoJson, "the next page"));
  }
  std::string text = fmt::format(
      R"({{"type":"FeatureCollection","timeStamp":"{}","numberMatched":{},"numberReturned":{},)"
      R"("links":{},"features":[)",
      model::print(desk.services.now()), found.size(), end - begin, dump(links));
  for (std::size_t i = begin; i < end; ++i) {
    text += (i == begin ? "\n" : ",\n") + text_of(*found[i]);
  }
  auto response = respond(200, kGeoJson, text + "]}\n");
  if (end < found.size()) {
    response.headers.set("Link",
                         fmt::format("<{}/items?{}offset={}>; rel=\"next\"", address, rest, end));
  }
  return response;
}

Result<Response> get_item(Desk& desk, Call const& call) {
  auto const collection = collection_at(call);
  auto const features = features_at(desk, call, collection);
  if (!features.ok()) {
    return features.error();
  }
  auto const found = std::ranges::find(features.value(), call.at("feature"), &Feature::id);
  if (found == features.value().end()) {
    return Error{ErrorKind::kNotFound,
                 fmt::format("there is no feature `{}` for you to see", call.at("feature")), ""};
  }
  auto const address =
      ogc_root(call.request) + "/collections/" + std::string{collection.value()->id};
  auto json = Json::parse(text_of(*found));
  json["links"] = Json::array(
      {ogc_link(address + "/items/" + encode_percent(found->id), "self", kGeoJson, "this feature"),
       ogc_link(address, "collection", kJson, "the collection")});
  return respond(200, kGeoJson, dump(json));
}

}  // namespace

Routes ogc_endpoints(Services& services) {
  auto const desk = std::make_shared<Desk>(services);
  Routes routes;
  auto const add = [&](std::string_view path, std::string_view operation, auto endpoint) {
    routes.push_back(
        {.method = "GET",
         .path = path,
         .operation = operation,
         .rule = anyone(),
         .endpoint = [desk, endpoint](Call const& call) { return endpoint(*desk, call); }});
  };
  add("/ogc", "getOgcLandingPage", landing);
  add("/ogc/conformance", "getOgcConformance", conformance);
  add("/ogc/api", "getOgcApi", api);
  add("/ogc/collections", "listOgcCollections", list_collections);
  add("/ogc/collections/{collection}", "getOgcCollection", get_collection);
  add("/ogc/collections/{collection}/items", "listOgcItems", get_items);
  add("/ogc/collections/{collection}/items/{feature}", "getOgcItem", get_item);
  return routes;
}

}  // namespace guarantor::serve
