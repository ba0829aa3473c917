#include "guarantor/tables/folder_writer.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <utility>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/files.h"
#include "guarantor/tables/folder_reader.h"
#include "guarantor/tables/geojson.h"
#include "guarantor/tables/json_tree.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/tables/table_schema.h"
#include "guarantor/tables/toml_scalars.h"

namespace guarantor::tables {
namespace {

std::optional<model::Error> check_text(std::string const& text, std::string const& where) {
  std::string what;
  if (find_encoding_problem(text)) {
    what = "is not UTF-8 text";
  } else if (find_control_character(text)) {
    what = "holds a control character";
  } else if (text.size() > Limits{}.field_bytes) {
    what = fmt::format("is longer than {} bytes", Limits{}.field_bytes);
  }
  if (what.empty()) {
    return std::nullopt;
  }
  return model::Error{model::ErrorKind::kBadInput, fmt::format("{} {}", where, what),
                      "such text cannot stand in a scenario's files"};
}

/// Maps can hold control characters; they cannot hold what is no text or no JSON.
std::optional<model::Error> check_area(model::Area const& area) {
  model::Provenance const& provenance = area.row.provenance;
  for (std::string const* const text : {&area.title, &provenance.source, &provenance.note}) {
    if (find_encoding_problem(*text)) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("a text of area {} is not UTF-8", area.id.text()), ""};
    }
  }
  for (model::Extra const& extra : area.row.extras) {
    if (!is_json(extra.value)) {
      return model::Error{
          model::ErrorKind::kBadInput,
          fmt::format("{} of area {} is not JSON", excerpt(extra.column), area.id.text()), ""};
    }
  }
  return std::nullopt;
}

}  // namespace

std::map<std::string, std::string> write_files(model::Scenario const& scenario) {
  std::map<std::string, std::string> files;
  files[kScalarsFile] = write_toml(scenario.header);
  for (TableSchema const& schema : table_schemas()) {
    if (schema.must_exist || schema.row_count(scenario) > 0) {
      files[file_of(schema.table)] = write_csv(schema.write(scenario));
    }
  }
  if (!scenario.areas.empty()) {
    files[kAreasFile] = write_geojson(scenario.areas);
  }
  return files;
}

std::optional<model::Error> find_unwritable_text(model::Scenario const& scenario) {
  for (auto const& [column, text] : write_scalars(scenario.header)) {
    if (auto error = check_text(text, fmt::format("the scenario's {}", column.name))) {
      return error;
    }
  }
  for (TableSchema const& schema : table_schemas()) {
    TextTable const table = schema.write(scenario);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      for (std::size_t c = 0; c < table.header.size(); ++c) {
        auto error = check_text(table.rows[r][c], fmt::format("{} of row {} of {}", table.header[c],
                                                              r + 1, model::text(schema.table)));
        if (error) {
          return error;
        }
      }
    }
  }
  for (model::Area const& area : scenario.areas) {
    if (auto error = check_area(area)) {
      return error;
    }
  }
  return std::nullopt;
}

model::Result<model::Done> save_folder(model::Scenario const& scenario,
                                       std::filesystem::path const& folder, bool replace) {
  if (auto error = find_unwritable_text(scenario)) {
    return std::move(*error);
  }
  std::map<std::string, std::string> files = write_files(scenario);
  files[kPackageFile] = write_datapackage(scenario, files);
  return write_folder(folder, files, replace);
}

}  // namespace guarantor::tables
