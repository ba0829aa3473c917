#include "guarantor/tables/geojson.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/column.h"
#include "guarantor/tables/geojson_geometry.h"

namespace guarantor::tables {
namespace {

/// The properties a feature may have of its own, each bound to a member of the area.
std::vector<Column<model::Area>> const& property_columns() {
  using model::Area;
  static std::vector<Column<Area>> const kColumns{
      bind_column<Area>("area", &Area::id, {.about = "identifier", .required = true}),
      bind_column<Area>("title", &Area::title, {}),
      bind_column<Area>("kind", &Area::kind, {}),
      bind_column<Area>("sector_km", &Area::sector_length, {.unit = "km"}),
      bind_column<Area>("source", [](auto& area) -> auto& { return area.row.provenance.source; },
                        {}),
      bind_column<Area>("source_date",
                        [](auto& area) -> auto& { return area.row.provenance.source_date; }, {}),
      bind_column<Area>("confidence",
                        [](auto& area) -> auto& { return area.row.provenance.confidence; }, {}),
      bind_column<Area>("note", [](auto& area) -> auto& { return area.row.provenance.note; }, {}),
  };
  return kColumns;
}

Column<model::Area> const* find_property(std::string_view name) {
  for (Column<model::Area> const& column : property_columns()) {
    if (column.info.name == name) {
      return &column;
    }
  }
  return nullptr;
}

void read_property(std::string const& name, JsonNode const& node, Placer const& place,
                   Diagnostics& log, ReadArea& read) {
  Column<model::Area> const* const column = find_property(name);
  if (column == nullptr) {
    read.area.row.extras.push_back({name, print(node)});
    return;
  }
  read.places[name] = place(node.offset);
  if (node.is_null()) {
    return;
  }
  bool const wants_number = column->info.type.kind == FieldKind::kNumber;
  auto const text = wants_number ? (node.number() ? std::optional{print(node)} : std::nullopt)
                    : node.string() != nullptr ? std::optional{*node.string()}
                                               : std::nullopt;
  if (!text) {
    log.error(place(node.offset), name + (wants_number ? " must be a number" : " must be text"),
              wants_number ? "write it without quotes, e.g. 25" : "put it in quotes");
    read.faulty = true;
    return;
  }
  bool const free_text = column->info.type.kind == FieldKind::kText;
  if (free_text ? text->empty() : trimmed(*text).empty()) {
    return;
  }
  if (Problem const problem = column->read(*text, read.area)) {
    log.error(place(node.offset), name + ": " + problem->message, problem->hint);
    read.faulty = true;
  }
}

void read_properties(JsonNode const& feature, Placer const& place, Diagnostics& log,
                     ReadArea& read) {
  JsonNode const* const properties = feature.member("properties");
  if (properties != nullptr && properties->object() != nullptr) {
    for (auto const& [name, node] : *properties->object()) {
      read_property(name, node, place, log, read);
    }
  }
  std::sort(read.area.row.extras.begin(), read.area.row.extras.end(),
            [](model::Extra const& a, model::Extra const& b) { return a.column < b.column; });
  if (read.area.id.empty() && !read.faulty) {
    log.error(place(feature.offset), "the feature has no properties.area",
              "name the area, e.g. \"properties\": {\"area\": \"odesa\"}");
    read.faulty = true;
  }
}

void check_reference_system(JsonNode const& root, Placer const& place, Diagnostics& log) {
  JsonNode const* const system = root.member("crs");
  if (system == nullptr || system->is_null()) {
    return;
  }
  JsonNode const* const properties = system->member("properties");
  JsonNode const* const name = properties == nullptr ? nullptr : properties->member("name");
  std::string const text =
      name == nullptr || name->string() == nullptr ? std::string{} : *name->string();
  constexpr std::array<std::string_view, 5> kWgs84{"CRS84", "WGS84", "WGS 84", "EPSG::4326",
                                                   "EPSG:4326"};
  bool const good = std::any_of(kWgs84.begin(), kWgs84.end(), [&](std::string_view known) {
    return text.size() >= known.size() && text.ends_with(known);
  });
  if (!good) {
    log.error(place(system->offset),
              fmt::format("the coordinates are in `{}`, not in WGS 84",
                          text.empty() ? "an unnamed system" : excerpt(text)),
              "convert them to longitude and latitude (EPSG:4326)");
  }
}

JsonArray const* find_features(JsonNode const& root, Placer const& place, Diagnostics& log) {
  JsonNode const* const type = root.member("type");
  std::string const* const name = type == nullptr ? nullptr : type->string();
  if (name == nullptr || *name != "FeatureCollection") {
    log.error(place(type == nullptr ? root.offset : type->offset),
              name == nullptr ? "this is no FeatureCollection"
                              : fmt::format("a {} is no FeatureCollection", excerpt(*name)),
              "write {\"type\": \"FeatureCollection\", \"features\": [...]}");
    return nullptr;
  }
  JsonNode const* const features = root.member("features");
  if (features == nullptr || features->array() == nullptr) {
    log.error(place(features == nullptr ? root.offset : features->offset),
              "`features` is missing or is no list", "write \"features\": [...]");
    return nullptr;
  }
  return features->array();
}

void append_property(std::string& text, std::string_view name, std::string const& value) {
  text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", name, value);
}

}  // namespace

std::vector<ColumnInfo> area_properties() {
  std::vector<ColumnInfo> infos;
  for (Column<model::Area> const& column : property_columns()) {
    infos.push_back(column.info);
  }
  return infos;
}

ReadArea read_feature(JsonNode const& feature, Placer const& place, Diagnostics& log) {
  ReadArea read;
  read.places[""] = place(feature.offset);
  JsonNode const* const type = feature.member("type");
  if (type == nullptr || type->string() == nullptr || *type->string() != "Feature") {
    log.error(place(feature.offset), "this is no Feature", "write {\"type\": \"Feature\", ...}");
    read.faulty = true;
    return read;
  }
  read_properties(feature, place, log, read);
  JsonNode const* const geometry = feature.member("geometry");
  read.places["geometry"] = place(geometry == nullptr ? feature.offset : geometry->offset);
  if (geometry != nullptr && !geometry->is_null()) {
    read.faulty = !read_geometry(*geometry, place, log, read.area) || read.faulty;
  }
  return read;
}

ReadAreas read_geojson(std::string_view text, std::string const& file, Limits const& limits,
                       Diagnostics& log) {
  ReadAreas read;
  read.whole = false;
  text = without_byte_order_mark(text);
  if (auto const problem = find_encoding_problem(text)) {
    LineColumn const at = line_column(text, problem->offset);
    log.error({file, at.line, at.column}, problem->message, problem->hint);
    return read;
  }
  PlaceIndex const index{text};
  Placer const place = [&](std::size_t offset) {
    LineColumn const at = index.at(offset);
    return Place{file, at.line, at.column};
  };
  auto const root = read_json(text, limits.nesting, place, log);
  if (!root) {
    return read;
  }
  check_reference_system(*root, place, log);
  JsonArray const* const features = find_features(*root, place, log);
  if (features == nullptr) {
    return read;
  }
  read.whole = true;
  for (JsonNode const& feature : *features) {
    read.areas.push_back(read_feature(feature, place, log));
  }
  return read;
}

std::string write_feature(model::Area const& area) {
  std::string properties;
  for (Column<model::Area> const& column : property_columns()) {
    std::string const value = column.write(area);
    if (!value.empty()) {
      bool const number = column.info.type.kind == FieldKind::kNumber;
      append_property(properties, column.info.name, number ? value : print_json_string(value));
    }
  }
  std::map<std::string, std::string> extras;
  for (model::Extra const& extra : area.row.extras) {
    extras.insert_or_assign(print_json_string(extra.column), extra.value);
  }
  for (auto const& [name, value] : extras) {
    properties += fmt::format("{}{}:{}", properties.empty() ? "" : ",", name, value);
  }
  return fmt::format(R"({{"type":"Feature","properties":{{{}}},"geometry":{}}})", properties,
                     write_geometry(area));
}

std::string write_geojson(std::vector<model::Area> const& areas) {
  std::string text = "{\"type\":\"FeatureCollection\",\"features\":[\n";
  for (std::size_t i = 0; i < areas.size(); ++i) {
    text += write_feature(areas[i]) + (i + 1 < areas.size() ? ",\n" : "\n");
  }
  return text + "]}\n";
}

}  // namespace guarantor::tables
