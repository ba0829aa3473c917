#pragma once

#include <span>
#include <string>
#include <vector>

#include "guarantor/model/row_record.h"
#include "guarantor/model/scenario.h"
#include "guarantor/tables/scenario_folder.h"

/// A scenario row by row, for those who keep rows rather than files.
namespace guarantor::tables {

/// Every row of every table, in the order of the tables and of their rows. The key of a row is the
/// text of its table's key columns, `/` between them (and `%2F` for one inside); rows whose keys
/// are the same are told apart by `#2`, `#3` at the end.
[[nodiscard]] std::vector<model::RowRecord> to_rows(model::Scenario const& scenario);

/// The scenario whose rows these are: `from_rows(to_rows(s))` equals `s`. All that is wrong is told
/// as `load` tells it, `name` standing for the folder.
[[nodiscard]] Loaded from_rows(std::span<model::RowRecord const> rows, std::string const& name);

}  // namespace guarantor::tables
