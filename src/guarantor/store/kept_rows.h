#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/row_record.h"
#include "guarantor/store/scenario_versions.h"

/// Rows of scenarios as records: what is kept of each, and what must be to get from one version to
/// the next.
namespace guarantor::store {

/// A row as it was kept.
struct KeptRow {
  model::RowRecord row;
  std::int64_t order{};  ///< rises from row to row of a table
};
/// By record key.
using KeptRows = std::map<std::string, KeptRow>;

/// The row in a record's body; nothing where it says that the row was taken out. Error kCheckFailed
/// for an erased one, or what is no row.
[[nodiscard]] model::Result<std::optional<KeptRow>> read_row(Record const& record);

/// What an erased row is: what stops a version from being had, or one to be kept anew.
enum class Erased { kStops, kIsAbsent };

/// The rows of a scenario as they were before `end`. Errors as `read_row`.
[[nodiscard]] model::Result<KeptRows> read_rows(Store const& store, std::string_view scenario,
                                                Position end, Erased erased);

/// The drafts that lead from the rows before `end` to those of the content. O(rows log rows).
[[nodiscard]] model::Result<std::vector<Draft>> row_drafts(Store const& store,
                                                           ScenarioContent const& content,
                                                           Position end);

/// The same drafts, where `content.before` is what the store has: it reads rows that differ alone,
/// and tables in which rows came, went or moved. REQUIRES: the newest version is that of `before`,
/// and no row of it was erased.
[[nodiscard]] model::Result<std::vector<Draft>> changed_row_drafts(Store const& store,
                                                                   ScenarioContent const& content,
                                                                   Position end);

}  // namespace guarantor::store
