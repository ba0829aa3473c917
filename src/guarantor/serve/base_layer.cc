#include "guarantor/serve/base_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

#include "guarantor/serve/json_body.h"

namespace guarantor::serve {
namespace {

using model::Ring;

constexpr std::string_view kCredit =
    "Natural Earth; Crimea as Ukraine (General Assembly resolution 68/262)";

double area_of(Ring const& ring) {
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += ring[i].longitude.count() * ring[i + 1].latitude.count() -
             ring[i + 1].longitude.count() * ring[i].latitude.count();
  }
  return twice / 2;
}

bool within(Ring const& inner, Ring const& outer) {
  return &inner != &outer && std::abs(area_of(inner)) < std::abs(area_of(outer)) &&
         report::holds({.code = {}, .name = {}, .rings = {outer}}, inner.front());
}

/// Rings filled even-odd, put into polygons: each outline with the lakes in it.
std::vector<std::vector<Ring const*>> polygons_of(std::vector<Ring> const& rings) {
  std::vector<std::vector<std::size_t>> around(rings.size());
  for (std::size_t i = 0; i < rings.size(); ++i) {
    for (std::size_t j = 0; j < rings.size(); ++j) {
      if (within(rings[i], rings[j])) {
        around[i].push_back(j);
      }
    }
  }
  std::vector<std::vector<Ring const*>> polygons;
  std::vector<std::size_t> place(rings.size(), rings.size());
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (around[i].size() % 2 == 0) {
      place[i] = polygons.size();
      polygons.push_back({&rings[i]});
    }
  }
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (around[i].size() % 2 == 1) {
      // The outline nearest around a lake has as many around it as the lake, less itself.
      auto const outline = std::ranges::find_if(
          around[i], [&](std::size_t j) { return around[j].size() + 1 == around[i].size(); });
      if (outline != around[i].end()) {
        polygons[place[*outline]].push_back(&rings[i]);
      }
    }
  }
  return polygons;
}

void add(std::string& out, std::vector<model::Position> const& positions, bool backwards) {
  out += '[';
  for (std::size_t i = 0; i < positions.size(); ++i) {
    auto const& at = positions[backwards ? positions.size() - 1 - i : i];
    fmt::format_to(std::back_inserter(out), "{}[{},{}]", i == 0 ? "" : ",", at.longitude.count(),
                   at.latitude.count());
  }
  out += ']';
}

std::string quoted(std::string const& text) {
  return dump(nlohmann::ordered_json(text));
}

/// RFC 7946: outlines anticlockwise, holes clockwise.
std::string country(report::BaseCountry const& land) {
  std::string out =
      fmt::format(R"({{"type":"Feature","properties":{{"country":{},"name":{}}},"geometry":)"
                  R"({{"type":"MultiPolygon","coordinates":[)",
                  quoted(land.code), quoted(land.name));
  bool first_polygon = true;
  for (auto const& polygon : polygons_of(land.rings)) {
    out += first_polygon ? "[" : ",[";
    first_polygon = false;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
      out += i == 0 ? "" : ",";
      bool const anticlockwise = area_of(*polygon[i]) > 0;
      add(out, *polygon[i], anticlockwise == (i != 0));
    }
    out += ']';
  }
  return out + "]}}";
}

std::string border(model::Line const& line, std::string_view kind) {
  std::string out = fmt::format(R"({{"type":"Feature","properties":{{"border":"{}"}},"geometry":)"
                                R"({{"type":"LineString","coordinates":)",
                                kind);
  add(out, line.positions, false);
  return out + "}}";
}

}  // namespace

std::string base_geojson(report::BaseMap const& map) {
  std::string features;
  auto const add_feature = [&](std::string const& text) {
    features += (features.empty() ? "" : ",\n") + text;
  };
  for (auto const& land : map.countries) {
    add_feature(country(land));
  }
  for (auto const& line : map.borders) {
    add_feature(border(line, "settled"));
  }
  for (auto const& line : map.unsettled) {
    add_feature(border(line, "unsettled"));
  }
  return fmt::format(
      "{{\"type\":\"FeatureCollection\",\"attribution\":\"{}\",\"features\":[\n{}\n]}}\n", kCredit,
      features);
}

BaseLayer const& base_layer() {
  static BaseLayer const kLayer = [] {
    static report::BaseMap const kNone;
    auto const* map = report::base_map() != nullptr ? report::base_map() : &kNone;
    BaseLayer layer{
        .text = std::make_shared<std::string const>(base_geojson(*map)),
        .tag = {},
        .features = map->countries.size() + map->borders.size() + map->unsettled.size()};
    layer.tag = entity_tag(*layer.text);
    return layer;
  }();
  return kLayer;
}

}  // namespace guarantor::serve
