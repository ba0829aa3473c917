#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "guarantor/model/validate.h"
#include "guarantor/model/vocabulary.h"

/// What differs between two scenarios, row by row and cell by cell, as it would stand in their
/// tables. Not to be confused with `Comparison`, which is one scenario in another world.
namespace guarantor::model {

enum class RowChange { kAdded, kRemoved, kChanged };
template <>
inline constexpr Words<3> kWords<RowChange>{"added", "removed", "changed"};

/// One cell before and after, each as it is written in its table; empty: not given.
struct CellChange {
  std::string column;
  std::string before;
  std::string after;

  friend bool operator==(CellChange const&, CellChange const&) = default;
};

/// One row that differs. Of an added or removed row the cells are all that it has.
struct RowDifference {
  Table table{Table::kScenario};
  std::string key;  ///< of the row, its parts joined by one space; empty for the scalars
  RowChange change{RowChange::kChanged};
  std::vector<CellChange> cells;

  friend bool operator==(RowDifference const&, RowDifference const&) = default;
};

struct ScenarioDifference {
  std::vector<RowDifference> rows;  ///< in the order of tables, then of the later scenario's rows
  std::vector<Table> reordered;     ///< the same rows in another order: only ties can tell

  [[nodiscard]] bool empty() const { return rows.empty() && reordered.empty(); }
  friend bool operator==(ScenarioDifference const&, ScenarioDifference const&) = default;
};

}  // namespace guarantor::model
