#include "guarantor/tables/geojson_geometry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <variant>

#include "guarantor/model/spelling.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/numbers.h"

namespace guarantor::tables {
namespace {

constexpr std::array<std::string_view, 6> kTypes{"Point",           "MultiPoint", "LineString",
                                                 "MultiLineString", "Polygon",    "MultiPolygon"};

/// Follows the nested lists of `coordinates`; stops at the first thing that is wrong.
class CoordinateReader {
 public:
  CoordinateReader(Placer const& place, Diagnostics& log) : place_{place}, log_{log} {}

  std::optional<model::Part> part(JsonNode const& node, std::string_view type) {
    if (type == "Point") {
      auto const at = position(node);
      return at ? std::optional<model::Part>{model::Point{*at}} : std::nullopt;
    }
    if (type == "LineString") {
      auto positions = list(node);
      return positions ? std::optional<model::Part>{model::Line{std::move(*positions)}}
                       : std::nullopt;
    }
    if (node.array() == nullptr) {
      return fail(node, "a list of rings is missing here");
    }
    model::Polygon polygon;
    for (JsonNode const& ring : *node.array()) {
      auto positions = list(ring);
      if (!positions) {
        return std::nullopt;
      }
      polygon.rings.push_back(std::move(*positions));
    }
    if (polygon.rings.empty()) {
      return fail(node, "a polygon without rings");
    }
    return polygon;
  }

 private:
  std::nullopt_t fail(JsonNode const& node, std::string message, std::string hint = {}) {
    log_.error(place_(node.offset), std::move(message), std::move(hint));
    return std::nullopt;
  }

  std::optional<std::vector<model::Position>> list(JsonNode const& node) {
    if (node.array() == nullptr) {
      return fail(node, "a list of positions is missing here");
    }
    std::vector<model::Position> positions;
    for (JsonNode const& item : *node.array()) {
      auto const at = position(item);
      if (!at) {
        return std::nullopt;
      }
      positions.push_back(*at);
    }
    return positions;
  }

  std::optional<model::Position> position(JsonNode const& node) {
    JsonArray const* const numbers = node.array();
    bool const listed = numbers != nullptr && numbers->size() >= 2 && numbers->size() <= 3 &&
                        std::all_of(numbers->begin(), numbers->end(),
                                    [](JsonNode const& item) { return item.number().has_value(); });
    if (!listed) {
      return fail(node, "this is no position", "a position is [longitude, latitude]");
    }
    if (numbers->size() == 3 && !height_told_) {
      log_.warning(place_(node.offset), "the height of a position is not kept");
      height_told_ = true;
    }
    auto const degrees = [](JsonNode const& item) { return model::Degrees{*item.number() + 0.0}; };
    return model::Position{degrees((*numbers)[0]), degrees((*numbers)[1])};
  }

  Placer const& place_;
  Diagnostics& log_;
  bool height_told_{false};
};

std::string write_position(model::Position position) {
  return fmt::format("[{},{}]", print_number(position.longitude.count()),
                     print_number(position.latitude.count()));
}

std::string write_list(std::vector<model::Position> const& positions) {
  std::string text = "[";
  for (model::Position const& position : positions) {
    text += (text.size() > 1 ? "," : "") + write_position(position);
  }
  return text + "]";
}

struct WrittenPart {
  std::string_view type;
  std::string coordinates;
};

WrittenPart write_part(model::Part const& part) {
  if (auto const* point = std::get_if<model::Point>(&part)) {
    return {"Point", write_position(point->position)};
  }
  if (auto const* line = std::get_if<model::Line>(&part)) {
    return {"LineString", write_list(line->positions)};
  }
  std::string rings = "[";
  for (model::Ring const& ring : std::get<model::Polygon>(part).rings) {
    rings += (rings.size() > 1 ? "," : "") + write_list(ring);
  }
  return {"Polygon", rings + "]"};
}

}  // namespace

bool read_geometry(JsonNode const& geometry, Placer const& place, Diagnostics& log,
                   model::Area& area) {
  JsonNode const* const type = geometry.member("type");
  std::string const name =
      type == nullptr || type->string() == nullptr ? std::string{} : *type->string();
  if (std::find(kTypes.begin(), kTypes.end(), name) == kTypes.end()) {
    auto const near = model::closest(name, kTypes);
    log.error(place(type == nullptr ? geometry.offset : type->offset),
              name.empty() ? "the geometry has no type"
                           : fmt::format("`{}` is no geometry known here", excerpt(name)),
              near ? fmt::format("did you mean `{}`?", *near)
                   : "Point, LineString, Polygon, or their Multi forms");
    return false;
  }
  JsonNode const* const coordinates = geometry.member("coordinates");
  if (coordinates == nullptr || coordinates->array() == nullptr) {
    log.error(place(coordinates == nullptr ? geometry.offset : coordinates->offset),
              "`coordinates` is missing or is no list");
    return false;
  }
  constexpr std::string_view kMulti = "Multi";
  area.many = name.starts_with(kMulti);
  std::string_view const single =
      area.many ? std::string_view{name}.substr(kMulti.size()) : std::string_view{name};
  CoordinateReader reader{place, log};
  if (!area.many) {
    auto part = reader.part(*coordinates, single);
    if (part) {
      area.parts.push_back(std::move(*part));
    }
    return part.has_value();
  }
  for (JsonNode const& item : *coordinates->array()) {
    auto part = reader.part(item, single);
    if (!part) {
      return false;
    }
    area.parts.push_back(std::move(*part));
  }
  // RFC 7946 3.1: a geometry without coordinates is none.
  area.many = area.many && !area.parts.empty();
  return true;
}

std::string write_geometry(model::Area const& area) {
  if (area.parts.empty()) {
    return "null";
  }
  std::string coordinates;
  std::string_view type;
  for (model::Part const& part : area.parts) {
    WrittenPart const written = write_part(part);
    type = written.type;
    coordinates += (coordinates.empty() ? "" : ",") + written.coordinates;
  }
  return area.many ? fmt::format(R"({{"type":"Multi{}","coordinates":[{}]}})", type, coordinates)
                   : fmt::format(R"({{"type":"{}","coordinates":{}}})", type, coordinates);
}

}  // namespace guarantor::tables
