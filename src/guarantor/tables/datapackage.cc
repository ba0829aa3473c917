#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "guarantor/tables/folder_reader.h"
#include "guarantor/tables/folder_writer.h"
#include "guarantor/tables/table_schema.h"

/// The description of a scenario's files for other programs (Frictionless Data Package 1).
namespace guarantor::tables {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kIdentifierPattern = "[a-z0-9][a-z0-9._-]{0,63}";
constexpr std::string_view kNationPattern = "[A-Z]{3}";

std::string pattern_of(FieldType const& type) {
  std::string one;
  if (type.kind == FieldKind::kIdentifier) {
    one = kIdentifierPattern;
  } else if (type.kind == FieldKind::kNation) {
    one = kNationPattern;
  } else if (type.kind == FieldKind::kWord && type.list) {
    one = fmt::format("({})", fmt::join(type.words, "|"));
  }
  return type.list && !one.empty() ? fmt::format("^{0}( +{0})*$", one)
                                   : (one.empty() ? one : "^" + one + "$");
}

std::string_view frictionless_type(FieldType const& type) {
  if (type.list) {
    return "string";
  }
  switch (type.kind) {
    case FieldKind::kWhole:
      return "integer";
    case FieldKind::kNumber:
      return "number";
    case FieldKind::kYesNo:
      return "boolean";
    case FieldKind::kDate:
      return "date";
    default:
      return "string";
  }
}

Json constraints_of(ColumnInfo const& column) {
  Json constraints = Json::object();
  if (column.facts.required) {
    constraints["required"] = true;
  }
  bool const whole = column.type.kind == FieldKind::kWhole;
  auto const bound = [&](std::string_view name, std::optional<double> value) {
    if (value) {
      constraints[std::string{name}] =
          whole ? Json(static_cast<std::int64_t>(*value)) : Json(*value);
    }
  };
  bound("minimum", column.facts.least);
  bound("maximum", column.facts.most);
  if (column.type.kind == FieldKind::kWord && !column.type.list) {
    constraints["enum"] = Json::array();
    for (std::string_view const word : column.type.words) {
      constraints["enum"].push_back(word);
    }
  }
  if (std::string const pattern = pattern_of(column.type); !pattern.empty()) {
    constraints["pattern"] = pattern;
  }
  return constraints;
}

Json field_of(ColumnInfo const& column) {
  Json field{{"name", column.name}, {"type", frictionless_type(column.type)}};
  if (!column.facts.about.empty()) {
    field["description"] = column.facts.about;
  }
  if (!column.facts.unit.empty()) {
    field["unit"] = column.facts.unit;
  }
  if (column.type.kind == FieldKind::kYesNo) {
    field["trueValues"] = {"yes", "true"};
    field["falseValues"] = {"no", "false"};
  }
  if (Json constraints = constraints_of(column); !constraints.empty()) {
    field["constraints"] = std::move(constraints);
  }
  return field;
}

/// Only single values are keys of another table; lists and expressions mention several.
Json foreign_keys_of(TableSchema const& schema, TextTable const& table,
                     std::map<std::string, std::string> const& files) {
  Json keys = Json::array();
  for (std::string const& name : table.header) {
    ColumnInfo const* const column = schema.find(name);
    if (column == nullptr || !column->facts.refers_to || column->type.list ||
        (column->type.kind != FieldKind::kIdentifier && column->type.kind != FieldKind::kNation)) {
      continue;
    }
    TableSchema const* const target = find_schema(*column->facts.refers_to);
    if (target != nullptr && files.contains(file_of(target->table))) {
      keys.push_back(
          {{"fields", name},
           {"reference",
            {{"resource", model::text(target->table)}, {"fields", target->key.front()}}}});
    }
  }
  return keys;
}

Json resource_of(TableSchema const& schema, model::Scenario const& scenario,
                 std::map<std::string, std::string> const& files) {
  TextTable const table = schema.write(scenario);
  Json fields = Json::array();
  for (std::string const& name : table.header) {
    ColumnInfo const* const column = schema.find(name);
    fields.push_back(column == nullptr ? Json{{"name", name}, {"type", "string"}}
                                       : field_of(*column));
  }
  Json keys = Json::array();
  for (std::string_view const column : schema.key) {
    // A primary key has no empty parts; keys with a part that may be empty are left out.
    if (!schema.find(column)->facts.required) {
      keys = Json::array();
      break;
    }
    keys.push_back(column);
  }
  Json description{{"fields", std::move(fields)}, {"missingValues", {""}}};
  if (!keys.empty()) {
    description["primaryKey"] = std::move(keys);
  }
  if (Json foreign = foreign_keys_of(schema, table, files); !foreign.empty()) {
    description["foreignKeys"] = std::move(foreign);
  }
  return {{"name", model::text(schema.table)},
          {"path", file_of(schema.table)},
          {"profile", "tabular-data-resource"},
          {"title", schema.title},
          {"format", "csv"},
          {"mediatype", "text/csv"},
          {"encoding", "utf-8"},
          {"schema", std::move(description)}};
}

}  // namespace

std::string write_datapackage(model::Scenario const& scenario,
                              std::map<std::string, std::string> const& files) {
  Json resources = Json::array();
  for (TableSchema const& schema : table_schemas()) {
    if (files.contains(file_of(schema.table))) {
      resources.push_back(resource_of(schema, scenario, files));
    }
  }
  if (files.contains(kAreasFile)) {
    resources.push_back({{"name", "areas"},
                         {"path", kAreasFile},
                         {"title", "Areas and lines of the map"},
                         {"format", "geojson"},
                         {"mediatype", "application/geo+json"},
                         {"encoding", "utf-8"}});
  }
  Json const package{{"profile", "data-package"},
                     {"name", scenario.header.id.text()},
                     {"title", scenario.header.title},
                     {"resources", std::move(resources)}};
  constexpr int kIndent = 2;
  return package.dump(kIndent) + "\n";
}

}  // namespace guarantor::tables
