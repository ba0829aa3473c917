#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/tables/header_match.h"
#include "guarantor/tables/table_schema.h"

/// From the columns of a row type to the schema of its table.
namespace guarantor::tables {

template <class RowType>
concept Sourced = requires(RowType row) { row.row; };

[[nodiscard]] auto& extras_of(auto& row) {
  if constexpr (requires { row.row; }) {
    return row.row.extras;
  } else {
    return row.extras;
  }
}

/// The columns any table may carry.
template <class RowType>
[[nodiscard]] std::vector<Column<RowType>> provenance_columns() {
  auto const provenance = [](auto& row) -> auto& { return row.row.provenance; };
  return {
      bind_column<RowType>("source", [=](auto& row) -> auto& { return provenance(row).source; },
                           {.about = "where this row comes from"}),
      bind_column<RowType>("source_date",
                           [=](auto& row) -> auto& { return provenance(row).source_date; },
                           {.about = "date of the source"}),
      bind_column<RowType>("confidence",
                           [=](auto& row) -> auto& { return provenance(row).confidence; },
                           {.about = "what the row rests on"}),
      bind_column<RowType>("note", [=](auto& row) -> auto& { return provenance(row).note; },
                           {.about = "a remark for people"}),
  };
}

template <class RowType>
using Columns = std::vector<Column<RowType>>;

/// One row's cells into one row of the model, each cell for itself.
template <class RowType>
[[nodiscard]] RowType read_row(Columns<RowType> const& columns, model::Table table,
                               TableRows::Reference const& reference, HeaderMatch const& match,
                               std::size_t index, Diagnostics& log, FaultyCells& faulty) {
  RowType row;
  RawRow const& raw = *reference.row;
  if (raw.ragged) {
    faulty.add(table, index, "");
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    ColumnInfo const& info = columns[c].info;
    auto const place = match.known[c];
    if (!place || *place >= raw.cells.size()) {
      continue;
    }
    Cell const& cell = raw.cells[*place];
    bool const text = info.type.kind == FieldKind::kText && !info.type.list;
    if (text ? cell.text.empty() : trimmed(cell.text).empty()) {
      if (info.facts.required && !raw.ragged) {
        log.error(place_in(reference.file->file, cell),
                  std::string{info.name} + " must not be empty", needed_hint(info));
        faulty.add(table, index, info.name);
      }
      continue;
    }
    Problem const problem = columns[c].read(cell.text, row);
    // A name that is looked up and not found says more than one of the wrong form.
    bool const looked_up = info.facts.refers_to && *info.facts.refers_to != model::Table::kAreas;
    // In a row of the wrong length every cell may be its neighbour's; that was told.
    if (problem && !(problem->malformed_name && looked_up) && !raw.ragged) {
      log.error(place_in(reference.file->file, cell, problem->offset),
                std::string{info.name} + ": " + problem->message, problem->hint);
      faulty.add(table, index, info.name);
    }
  }
  for (auto const& [name, place] : match.unknown) {
    if (place < raw.cells.size() && !raw.cells[place].text.empty()) {
      extras_of(row).push_back({name, raw.cells[place].text});
    }
  }
  return row;
}

template <class RowType>
[[nodiscard]] std::vector<RowType> read_rows(TableSchema const& schema,
                                             Columns<RowType> const& columns, TableRows const& rows,
                                             Diagnostics& log, FaultyCells& faulty) {
  std::map<RawTable const*, HeaderMatch> matches;
  for (auto const& file : rows.files) {
    matches.emplace(file.get(), match_header(schema, *file, log, faulty));
  }
  std::vector<RowType> read;
  read.reserve(rows.rows.size());
  for (auto const& reference : rows.rows) {
    read.push_back(read_row(columns, schema.table, reference, matches.at(reference.file),
                            read.size(), log, faulty));
  }
  return read;
}

/// Columns that carry a value somewhere, and the required ones; then the extras by name.
template <class RowType>
[[nodiscard]] TextTable write_rows(Columns<RowType> const& columns,
                                   std::vector<RowType> const& rows) {
  std::vector<std::vector<std::string>> by_column(columns.size());
  TextTable table;
  table.rows.resize(rows.size());
  auto const append = [&](std::string name, std::vector<std::string> cells) {
    table.header.push_back(std::move(name));
    for (std::size_t r = 0; r < rows.size(); ++r) {
      table.rows[r].push_back(std::move(cells[r]));
    }
  };
  for (Column<RowType> const& column : columns) {
    std::vector<std::string> cells;
    cells.reserve(rows.size());
    for (RowType const& row : rows) {
      cells.push_back(column.write(row));
    }
    bool const used = std::any_of(cells.begin(), cells.end(),
                                  [](std::string const& cell) { return !cell.empty(); });
    if (used || column.info.facts.required) {
      append(std::string{column.info.name}, std::move(cells));
    }
  }
  std::map<std::string, std::vector<std::string>> extras;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (model::Extra const& extra : extras_of(rows[r])) {
      auto& cells = extras.try_emplace(extra.column, rows.size()).first->second;
      cells[r] = extra.value;
    }
  }
  for (auto& [name, cells] : extras) {
    append(name, std::move(cells));
  }
  return table;
}

/// The facts of a schema that stand beside its columns.
struct SchemaFacts {
  model::Table table{};
  std::string_view title;
  std::vector<std::string_view> key;
  bool must_exist{};
  bool further_columns{};
};

/// The schema of the table that holds `rows` of a scenario.
template <class RowType>
[[nodiscard]] TableSchema bind_table(SchemaFacts facts,
                                     std::vector<RowType> model::Scenario::* rows,
                                     Columns<RowType> columns) {
  if constexpr (Sourced<RowType>) {
    for (Column<RowType>& column : provenance_columns<RowType>()) {
      columns.push_back(std::move(column));
    }
  }
  TableSchema schema;
  schema.table = facts.table;
  schema.title = facts.title;
  schema.key = std::move(facts.key);
  schema.must_exist = facts.must_exist;
  schema.further_columns = facts.further_columns;
  for (Column<RowType> const& column : columns) {
    schema.columns.push_back(column.info);
  }
  auto const shared = std::make_shared<Columns<RowType> const>(std::move(columns));
  schema.read = [shared, rows, table = facts.table](TableRows const& raw, model::Scenario& scenario,
                                                    Diagnostics& log, FaultyCells& faulty) {
    scenario.*rows = read_rows(*find_schema(table), *shared, raw, log, faulty);
  };
  schema.write = [shared, rows](model::Scenario const& scenario) {
    return write_rows(*shared, scenario.*rows);
  };
  schema.row_count = [rows](model::Scenario const& scenario) { return (scenario.*rows).size(); };
  schema.same = [rows](model::Scenario const& a, model::Scenario const& b) {
    return a.*rows == b.*rows;
  };
  schema.take = [rows](model::Scenario const& from, model::Scenario& to) { to.*rows = from.*rows; };
  return schema;
}

}  // namespace guarantor::tables
