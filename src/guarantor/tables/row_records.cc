#include "guarantor/tables/row_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "guarantor/tables/csv.h"
#include "guarantor/tables/folder_reader.h"
#include "guarantor/tables/geojson.h"
#include "guarantor/tables/raw_scenario.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/table_schema.h"

namespace guarantor::tables {
namespace {

constexpr char const* kFeature = "feature";

/// A key's part, so that `/` stands between parts alone.
std::string escaped(std::string_view part) {
  std::string text;
  for (char const c : part) {
    if (c == '/') {
      text += "%2F";
    } else if (c == '%') {
      text += "%25";
    } else {
      text += c;
    }
  }
  return text;
}

/// Tells rows of the same key apart.
class UniqueKeys {
 public:
  std::string of(std::string key) {
    int const count = ++counts_[key];
    return count == 1 ? key : fmt::format("{}#{}", key, count);
  }

 private:
  std::map<std::string, int> counts_;
};

std::string key_of(TableSchema const& schema, TextTable const& table, std::size_t row) {
  std::string key;
  for (std::string_view const part : schema.key) {
    auto const column = std::ranges::find(table.header, part);
    key += part == schema.key.front() ? "" : "/";
    if (column != table.header.end()) {
      key += escaped(table.rows[row][static_cast<std::size_t>(column - table.header.begin())]);
    }
  }
  return key;
}

Cell plain_cell(std::string text, std::uint64_t line, std::uint64_t column) {
  return {.text = std::move(text), .line = line, .column = column, .in_sheet = true};
}

void read_scalar_row(model::RowRecord const& row, std::string const& file, Diagnostics& log,
                     Scalars& scalars) {
  std::uint64_t line = 0;
  for (auto const& [key, text] : row.cells) {
    ++line;
    if (find_scalar(key) == nullptr) {
      warn_of_unknown_key(key, {file, line, 0}, log);
      continue;
    }
    scalars.values[key] = {file, plain_cell(text, line, 1)};
  }
}

using RowPointers = std::vector<model::RowRecord const*>;

/// The rows of one table as its file would give them: columns in the order of first use.
std::unique_ptr<RawTable> gather(RowPointers const& rows, std::string file) {
  auto table = std::make_unique<RawTable>();
  table->file = std::move(file);
  std::map<std::string_view, std::size_t> places;
  for (auto const* row : rows) {
    for (auto const& [column, text] : row->cells) {
      if (places.try_emplace(column, places.size()).second) {
        table->header.push_back(plain_cell(column, 1, places.size()));
      }
    }
  }
  for (auto const* row : rows) {
    RawRow raw{.line = table->rows.size() + 2, .cells = {}};
    for (std::size_t c = 0; c < places.size(); ++c) {
      raw.cells.push_back(plain_cell({}, raw.line, c + 1));
    }
    for (auto const& [column, text] : row->cells) {
      raw.cells[places.at(column)].text = text;
    }
    table->rows.push_back(std::move(raw));
  }
  return table;
}

ReadAreas gather_areas(std::vector<model::RowRecord const*> const& rows, std::string const& file,
                       Diagnostics& log) {
  std::string text = "{\"type\":\"FeatureCollection\",\"features\":[\n";
  for (auto const* row : rows) {
    auto const feature = row->cells.find(kFeature);
    text += feature == row->cells.end() ? "null" : feature->second;
    text += row == rows.back() ? "\n" : ",\n";
  }
  return read_geojson(text + "]}\n", file, Limits{}, log);
}

}  // namespace

std::vector<model::RowRecord> table_rows(TableSchema const& schema, TextTable table) {
  std::vector<model::RowRecord> rows;
  UniqueKeys keys;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    model::RowRecord row{
        std::string{model::text(schema.table)}, keys.of(key_of(schema, table, r)), {}};
    for (std::size_t c = 0; c < table.header.size(); ++c) {
      if (!table.rows[r][c].empty()) {
        row.cells.emplace(table.header[c], std::move(table.rows[r][c]));
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<model::RowRecord> scalar_rows(model::Scenario const& scenario) {
  model::RowRecord scalars{std::string{model::text(model::Table::kScenario)}, "scenario", {}};
  for (auto const& [column, text] : write_scalars(scenario.header)) {
    scalars.cells.emplace(column.name, text);
  }
  return {scalars};
}

std::vector<model::RowRecord> area_rows(model::Scenario const& scenario) {
  std::vector<model::RowRecord> rows;
  UniqueKeys keys;
  for (model::Area const& area : scenario.areas) {
    rows.push_back({std::string{model::text(model::Table::kAreas)},
                    keys.of(escaped(area.id.text())),
                    {{kFeature, write_feature(area)}}});
  }
  return rows;
}

std::vector<model::RowRecord> to_rows(model::Scenario const& scenario) {
  auto rows = scalar_rows(scenario);
  auto const append = [&](std::vector<model::RowRecord> more) {
    std::ranges::move(more, std::back_inserter(rows));
  };
  for (TableSchema const& schema : table_schemas()) {
    append(table_rows(schema, schema.write(scenario)));
  }
  append(area_rows(scenario));
  return rows;
}

TableRows read_table(std::span<model::RowRecord const> rows, std::string file) {
  RowPointers pointers;
  for (model::RowRecord const& row : rows) {
    pointers.push_back(&row);
  }
  auto table = gather(pointers, std::move(file));
  TableRows read;
  for (RawRow const& row : table->rows) {
    read.rows.push_back({table.get(), &row});
  }
  read.files.push_back(std::move(table));
  return read;
}

Loaded from_rows(std::span<model::RowRecord const> rows, std::string const& name) {
  Diagnostics log{Limits{}.diagnostics};
  RawScenario raw;
  raw.scalars.file = name + "/" + kScalarsFile;
  std::map<model::Table, std::vector<model::RowRecord const*>> by_table;
  for (model::RowRecord const& row : rows) {
    auto const table = model::parse<model::Table>(row.table);
    if (!table) {
      log.error({name, 0, 0}, fmt::format("there is no table `{}`", row.table),
                "a newer program may have written it");
    } else if (*table == model::Table::kScenario) {
      read_scalar_row(row, raw.scalars.file, log, raw.scalars);
    } else {
      by_table[*table].push_back(&row);
    }
  }
  for (TableSchema const& schema : table_schemas()) {
    auto const found = by_table.find(schema.table);
    std::string const file = name + "/" + file_of(schema.table);
    if (found == by_table.end() && !schema.must_exist) {
      continue;
    }
    auto table =
        found == by_table.end() ? std::make_unique<RawTable>() : gather(found->second, file);
    TableRows& read = raw.tables[schema.table];
    for (RawRow const& row : table->rows) {
      read.rows.push_back({table.get(), &row});
    }
    if (found == by_table.end()) {
      table->file = file;
      for (ColumnInfo const& column : schema.columns) {
        table->header.push_back(plain_cell(std::string{column.name}, 1, table->header.size() + 1));
      }
    }
    read.files.push_back(std::move(table));
  }
  if (auto const areas = by_table.find(model::Table::kAreas); areas != by_table.end()) {
    raw.areas = gather_areas(areas->second, name + "/" + kAreasFile, log);
  }
  Loaded loaded;
  model::Scenario scenario = build_scenario(raw, log);
  if (!log.has_errors()) {
    loaded.scenario = std::move(scenario);
  }
  loaded.diagnostics = log.take(name);
  return loaded;
}

}  // namespace guarantor::tables
