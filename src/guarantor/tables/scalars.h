#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/tables/column.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/raw_table.h"
#include "guarantor/tables/table_schema.h"

/// The scalars of a scenario: one row whose columns are the keys of scenario.toml.
namespace guarantor::tables {

struct Scalar {
  std::string file;
  Cell cell;
};

/// The scalars as text, by key.
struct Scalars {
  std::string file;  ///< where a missing one would have to stand
  std::map<std::string, Scalar> values;
  std::set<std::string> unusable;  ///< keys whose value is of the wrong type, told already
  bool whole{true};                ///< false: the file could not be read
};

/// The keys of scenario.toml with their types, in the order in which they are written.
[[nodiscard]] std::span<Column<model::Header> const> scalar_columns();

/// Keys that name other folders. They are a folder's own business and no columns: what is read has
/// them resolved, and what is written is whole without them.
inline constexpr std::string_view kExtendsKey = "extends";
inline constexpr std::string_view kNetworkKey = "network";

/// The column of a key, or null.
[[nodiscard]] ColumnInfo const* find_scalar(std::string_view key);

/// True for the name of a table of scenario.toml, such as `siting` for `siting.backup`.
[[nodiscard]] bool is_scalar_table(std::string_view name);

/// Warns of a key that means nothing.
void warn_of_unknown_key(std::string_view key, Place const& place, Diagnostics& log);

[[nodiscard]] model::Header read_scalars(Scalars const& scalars, Diagnostics& log,
                                         FaultyCells& faulty);

/// Key and text of every scalar that has a value.
[[nodiscard]] std::vector<std::pair<ColumnInfo, std::string>> write_scalars(
    model::Header const& header);

}  // namespace guarantor::tables
