#include "guarantor/serve/table_words.h"

#include <array>

#include "guarantor/policy/release_table.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/table_schema.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::ordered_json;
using tables::ColumnInfo;
using tables::FieldKind;

std::string_view word(FieldKind kind) {
  static constexpr std::array<std::string_view, 10> kNames{
      "text",   "identifier", "nation", "whole",      "number",
      "yes-no", "date",       "word",   "expression", "given"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view title_of(model::Table table) {
  if (auto const* schema = tables::find_schema(table)) {
    return schema->title;
  }
  return table == model::Table::kAreas ? "Areas on the map" : "The scenario as a whole";
}

Json column_json(model::Table table, ColumnInfo const& column) {
  Json json{{"name", column.name},
            {"type", word(column.type.kind)},
            {"list", column.type.list},
            {"words", column.type.words},
            {"unit", column.facts.unit},
            {"about", column.facts.about},
            {"required", column.facts.required}};
  json["refers_to"] =
      column.facts.refers_to ? Json(model::text(*column.facts.refers_to)) : Json(nullptr);
  json["least"] = column.facts.least ? Json(*column.facts.least) : Json(nullptr);
  json["most"] = column.facts.most ? Json(*column.facts.most) : Json(nullptr);
  json["released"] =
      model::text(policy::column_rule(policy::rule_of(table), std::string_view{column.name}));
  return json;
}

}  // namespace

std::vector<ColumnInfo> columns_of(model::Table table) {
  if (auto const* schema = tables::find_schema(table)) {
    return schema->columns;
  }
  if (table == model::Table::kAreas) {
    return {{.name = "feature",
             .facts = {.about = "the area as a GeoJSON feature", .required = true},
             .type = {}}};
  }
  std::vector<ColumnInfo> columns;
  for (auto const& scalar : tables::scalar_columns()) {
    columns.push_back(scalar.info);
  }
  return columns;
}

bool is_number(ColumnInfo const& column) {
  return !column.type.list &&
         (column.type.kind == FieldKind::kWhole || column.type.kind == FieldKind::kNumber);
}

std::vector<std::string_view> key_columns(model::Table table) {
  auto const* schema = tables::find_schema(table);
  return schema != nullptr ? schema->key : std::vector<std::string_view>{};
}

Json schema_json() {
  Json tables = Json::array();
  for (std::string_view const name : model::kWords<model::Table>) {
    auto const table = *model::parse<model::Table>(name);
    Json columns = Json::array();
    for (ColumnInfo const& column : columns_of(table)) {
      columns.push_back(column_json(table, column));
    }
    auto const* schema = tables::find_schema(table);
    tables.push_back({{"table", name},
                      {"title", title_of(table)},
                      {"key", key_columns(table)},
                      {"further_columns", schema != nullptr && schema->further_columns},
                      {"columns", std::move(columns)}});
  }
  return {{"tables", std::move(tables)}};
}

}  // namespace guarantor::serve
