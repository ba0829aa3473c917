#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/validate.h"
#include "guarantor/tables/column.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/raw_table.h"

namespace guarantor::tables {

/// The cells already told to be wrong, so that nothing is told twice. A cell without a column
/// stands for its whole row.
class FaultyCells {
 public:
  void add(model::Table table, std::size_t row, std::string_view column) {
    cells_.emplace(table, row, column);
  }
  /// A column that is missing from a file of the table.
  void add_column(model::Table table, std::string_view column) { columns_.emplace(table, column); }
  [[nodiscard]] bool contains(model::Table table, std::size_t row, std::string_view column) const {
    return cells_.contains({table, row, std::string{column}}) ||
           cells_.contains({table, row, ""}) || contains_column(table, column);
  }
  [[nodiscard]] bool contains_column(model::Table table, std::string_view column) const {
    return columns_.contains({table, std::string{column}});
  }

 private:
  std::set<std::pair<model::Table, std::string>> columns_;
  std::set<std::tuple<model::Table, std::size_t, std::string>> cells_;
};

/// One table of a scenario: its columns and how its rows become part of the model. This alone
/// drives CSV and XLSX, in and out, and datapackage.json.
struct TableSchema {
  model::Table table{};
  std::string_view title;
  bool must_exist{};       ///< its file must be there, be it without rows
  bool further_columns{};  ///< columns not listed are expected, e.g. of later parts
  std::vector<ColumnInfo> columns;
  std::vector<std::string_view> key;
  std::function<void(TableRows const&, model::Scenario&, Diagnostics&, FaultyCells&)> read;
  std::function<TextTable(model::Scenario const&)> write;
  std::function<std::size_t(model::Scenario const&)> row_count;
  /// Whether the table is the same in both.
  std::function<bool(model::Scenario const&, model::Scenario const&)> same;
  /// Makes the table of the second that of the first.
  std::function<void(model::Scenario const&, model::Scenario&)> take;

  [[nodiscard]] ColumnInfo const* find(std::string_view column) const;
};

/// The schemas of all tables that are CSV files, in the order of `model::Table`.
[[nodiscard]] std::span<TableSchema const> table_schemas();

/// The schema of a table, or null for the scenario's scalars and the areas.
[[nodiscard]] TableSchema const* find_schema(model::Table table);
[[nodiscard]] TableSchema const* find_schema(std::string_view name);

/// One per group of tables, in the file of its name.
[[nodiscard]] std::vector<TableSchema> coalition_schemas();
[[nodiscard]] std::vector<TableSchema> capability_schemas();
[[nodiscard]] std::vector<TableSchema> place_schemas();
[[nodiscard]] std::vector<TableSchema> pledge_schemas();
[[nodiscard]] std::vector<TableSchema> requirement_schemas();
[[nodiscard]] std::vector<TableSchema> siting_schemas();
[[nodiscard]] std::vector<TableSchema> agreement_schemas();
[[nodiscard]] std::vector<TableSchema> source_schemas();

}  // namespace guarantor::tables
