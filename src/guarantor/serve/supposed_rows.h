#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/row_record.h"
#include "guarantor/model/scenario.h"
#include "guarantor/tables/scenario_folder.h"

/// Rows as if they were otherwise, for plans of what might be.
namespace guarantor::serve {

/// A row that is new, is another, or without cells is not there.
struct SupposedRow {
  std::string table;
  std::string key;
  std::optional<std::map<std::string, std::string>> cells{};

  friend bool operator==(SupposedRow const&, SupposedRow const&) = default;
};

/// The rows with these changes: a row that was there keeps its place, a new one comes last. Error
/// kNotFound for a row to take out that is not there.
[[nodiscard]] model::Result<std::vector<model::RowRecord>> supposed_rows(
    std::vector<model::RowRecord> rows, std::vector<SupposedRow> const& changes);

/// The scenario with these changes, or all that is wrong with it. Error as `supposed_rows`.
[[nodiscard]] model::Result<tables::Loaded> supposed_scenario(
    model::Scenario const& scenario, std::vector<SupposedRow> const& changes);

}  // namespace guarantor::serve
