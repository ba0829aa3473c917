#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/store/sqlite.h"

/// How a store lies in its SQLite file, version by version.
namespace guarantor::store {

/// The layout this program writes; `PRAGMA user_version` of the file.
inline constexpr int kLayout = 4;

/// One step forward: from the layout before it to this one.
struct Migration {
  int layout{};
  std::string_view about;
  std::string_view sql;
};
[[nodiscard]] std::span<Migration const> migrations();

/// The tables and indices a file of this layout has: `name` and the SQL that makes it.
struct LayoutObject {
  std::string name;
  std::string sql;
};
[[nodiscard]] model::Result<std::vector<LayoutObject>> expected_objects();

/// What a file is expected to be before it is brought forward.
enum class Migrating { kNewFile, kStore };

/// Brings an open file to this program's layout, in one transaction; a new file without any table
/// becomes an empty store. Errors: kRefused for a layout of a newer program, kBadInput for another
/// program's file, or an empty one where a store is expected.
[[nodiscard]] model::Result<model::Done> migrate(Connection& connection, std::string const& file,
                                                 Migrating what);

/// Says whether the file is a store of this layout, without changing it. Errors as `migrate`, and
/// kRefused for an older layout.
[[nodiscard]] model::Result<model::Done> check_layout(Connection const& connection,
                                                      std::string const& file);

}  // namespace guarantor::store
