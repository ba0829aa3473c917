#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "guarantor/model/row_record.h"

namespace guarantor::model {

/// The rows of a scenario, table by table. Versions that have the rows of a table in common share
/// them.
class RowTables {
 public:
  using Rows = std::shared_ptr<std::vector<RowRecord> const>;

  RowTables() = default;
  /// REQUIRES: rows of a table stand together.
  RowTables(std::vector<RowRecord> rows);  // NOLINT(google-explicit-constructor): the same rows
  /// REQUIRES: the rows of each are of one table, and there are some.
  explicit RowTables(std::vector<Rows> tables) : tables_{std::move(tables)} {}

  /// The rows of one table, as they stand. O(tables).
  [[nodiscard]] std::span<RowRecord const> of(std::string_view table) const;
  /// The row of that key, or null. O(tables + rows of the table).
  [[nodiscard]] RowRecord const* find(std::string_view table, std::string_view key) const;
  /// A copy of them all.
  [[nodiscard]] std::vector<RowRecord> all() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::vector<Rows> const& tables() const { return tables_; }

 private:
  std::vector<Rows> tables_;
};

}  // namespace guarantor::model
