#pragma once

#include <span>
#include <string_view>

#include "guarantor/model/validate.h"
#include "guarantor/model/vocabulary.h"

/// The rules of release: who sees a row, and which of its cells. One table for everything that is
/// shown, counted, summed, planned with or exported.
namespace guarantor::policy {

enum class RowRule {
  kEveryone,  ///< the public too
  kSignedIn,  ///< all who are signed in
  kOwner,     ///< the nation named in the row, planners, and whom its `releasable_to` names
  kFollows,   ///< who sees the row it is about
  kPlanners,
};

enum class ColumnRule {
  kWithRow,   ///< who sees the row
  kNamed,     ///< the owner, planners, and whom `releasable_to` names with this column or `*`
  kItsPart,   ///< of the list that releases it, the items that speak of the viewer
  kPlanners,  ///< planners alone
};

}  // namespace guarantor::policy

template <>
inline constexpr guarantor::model::Words<5> guarantor::model::kWords<guarantor::policy::RowRule>{
    "everyone", "signed in", "owner", "follows", "planners"};
template <>
inline constexpr guarantor::model::Words<4> guarantor::model::kWords<guarantor::policy::ColumnRule>{
    "with the row", "named", "its part", "planners"};

namespace guarantor::policy {

/// One table's rules. Columns are names with a blank between; a column of the schema stands in
/// exactly one list, or the build fails. Columns the schema does not know are the owner's and the
/// planners' alone.
struct TableRule {
  model::Table table{};
  RowRule row{};
  std::string_view by;        ///< the column that names the owner, or the row that it follows
  std::string_view with_row;  ///< the columns, by their rule
  std::string_view named;
  std::string_view planners;
};

/// A rule for each of `model::Table`, in its order.
[[nodiscard]] std::span<TableRule const> release_table();

[[nodiscard]] TableRule const& rule_of(model::Table table);

/// The rule of a column; `kPlanners` for one that no rule names.
[[nodiscard]] ColumnRule column_rule(TableRule const& rule, std::string_view column);

}  // namespace guarantor::policy
