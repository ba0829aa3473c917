#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/validate.h"
#include "guarantor/serve/scenario_views.h"
#include "guarantor/tables/scenario_text.h"

/// A scenario with some of its rows changed.
namespace guarantor::serve {

using Cells = std::map<std::string, std::string>;

/// A row as it is to be; without cells it is to go.
struct RowEdit {
  model::Table table{};
  std::string key;
  std::optional<Cells> cells;
};

/// What is wrong with a cell, or questionable; without a column with the row as a whole.
struct CellError {
  std::string table;
  std::string key;
  std::string column;
  std::string message;
  std::string hint;
};

/// The scenario with the changes, or all the reasons why there is none.
struct ChangedScenario {
  std::optional<tables::ChangedScenario> made;
  std::vector<CellError> errors;
};

/// What the view's scenario would be with the changes: a changed row stays where it was, a new one
/// comes after the others of its table. A row whose cells say another key than the change does is
/// an error; every error of the scenario is told. O(rows) of the tables that change, but for a
/// scenario with errors.
[[nodiscard]] ChangedScenario with_changes(ScenarioView const& view,
                                           std::span<RowEdit const> changes);

/// A part of a key as it stands in one, and the parts of a key as they stand in cells.
[[nodiscard]] std::string key_part(std::string_view text);
[[nodiscard]] std::vector<std::string> key_parts(std::string_view key);

}  // namespace guarantor::serve
