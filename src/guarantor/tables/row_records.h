#pragma once

#include <span>
#include <string>
#include <vector>

#include "guarantor/model/row_record.h"
#include "guarantor/model/scenario.h"
#include "guarantor/tables/csv.h"
#include "guarantor/tables/raw_table.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/tables/table_schema.h"

/// A scenario row by row, for those who keep rows rather than files.
namespace guarantor::tables {

/// Every row of every table, in the order of the tables and of their rows. The key of a row is the
/// text of its table's key columns, `/` between them (and `%2F` for one inside); rows whose keys
/// are the same are told apart by `#2`, `#3` at the end.
[[nodiscard]] std::vector<model::RowRecord> to_rows(model::Scenario const& scenario);

/// The scenario whose rows these are: `from_rows(to_rows(s))` equals `s`. All that is wrong is told
/// as `load` tells it, `name` standing for the folder.
[[nodiscard]] Loaded from_rows(std::span<model::RowRecord const> rows, std::string const& name);

/// The rows of one table, of the scalars, of the areas.
[[nodiscard]] std::vector<model::RowRecord> table_rows(TableSchema const& schema, TextTable table);
[[nodiscard]] std::vector<model::RowRecord> scalar_rows(model::Scenario const& scenario);
[[nodiscard]] std::vector<model::RowRecord> area_rows(model::Scenario const& scenario);

/// Rows of one table as its file would give them: columns in the order of first use.
[[nodiscard]] TableRows read_table(std::span<model::RowRecord const> rows, std::string file);

}  // namespace guarantor::tables
