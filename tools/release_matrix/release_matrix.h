#pragma once

#include <span>
#include <string>
#include <vector>

#include "guarantor/model/validate.h"
#include "guarantor/policy/operation.h"
#include "guarantor/policy/release_table.h"

/// Role x operation x table x column, from the schema and the two tables of `policy`.
namespace guarantor::release_matrix {

struct Column {
  std::string name;
  bool required{};
};

/// The columns of one table, as the schema has them.
struct TableColumns {
  model::Table table{};
  std::vector<Column> columns;
};

/// All tables of the scenario's schema, scalars and areas too, in the order of `model::Table`.
[[nodiscard]] std::vector<TableColumns> schema_columns();

/// Where schema and rules do not fit: a column without a rule or with two, a rule without a column,
/// a rule that hides what cannot be empty, an owned table without `releasable_to`, a kind that
/// nobody may read. A line each; none where all is well.
[[nodiscard]] std::vector<std::string> flaws(std::span<TableColumns const> schema,
                                             std::span<policy::TableRule const> rules);

/// Of one cell of the matrix what a role gets: `yes`, `-`, `own` and `released` rows, those the
/// owner released `by name`, its `part` of the list, or `as the cell` a source is about.
[[nodiscard]] std::string reads(policy::Role role, policy::TableRule const& rule,
                                std::string_view column);

/// The whole matrix as CSV, a line for each operation, kind and column.
[[nodiscard]] std::string to_csv(std::span<TableColumns const> schema);

/// The same for people: operations by role, then each table's rules.
[[nodiscard]] std::string to_text();

}  // namespace guarantor::release_matrix
