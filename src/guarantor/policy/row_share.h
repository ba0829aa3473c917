#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/policy/release_table.h"
#include "guarantor/policy/viewer.h"

/// How much of one row a viewer gets.
namespace guarantor::policy {

struct RowShare {
  bool row{};           ///< it sees the row
  bool own{};           ///< of its own nation: all but what is the planners' alone
  bool every_column{};  ///< the owner released every column
  std::vector<std::string_view> columns{};  ///< released by name
  std::vector<std::string> items{};         ///< of the list that releases the row, its part

  /// Whether the viewer sees a cell under this rule.
  [[nodiscard]] bool shows(ColumnRule rule, std::string_view column) const {
    bool const named = every_column || std::ranges::find(columns, column) != columns.end();
    return row && (rule == ColumnRule::kWithRow || (rule == ColumnRule::kItsPart && own) ||
                   (rule == ColumnRule::kNamed && (own || named)));
  }
};

/// A row that the rule shows to everyone, to the table or to planners.
[[nodiscard]] RowShare role_share(RowRule rule, Viewer const& viewer);

/// A row of `owner` with its `releasable_to`. O(items).
[[nodiscard]] RowShare owned_share(std::string_view owner, std::span<std::string const> items,
                                   Viewer const& viewer);

}  // namespace guarantor::policy
