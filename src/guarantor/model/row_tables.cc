#include "guarantor/model/row_tables.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace guarantor::model {

RowTables::RowTables(std::vector<RowRecord> rows) {
  for (auto begin = rows.begin(); begin != rows.end();) {
    auto const end = std::find_if(begin, rows.end(),
                                  [&](RowRecord const& row) { return row.table != begin->table; });
    tables_.push_back(std::make_shared<std::vector<RowRecord> const>(std::make_move_iterator(begin),
                                                                     std::make_move_iterator(end)));
    begin = end;
  }
}

std::span<RowRecord const> RowTables::of(std::string_view table) const {
  auto const found =
      std::ranges::find_if(tables_, [&](Rows const& rows) { return rows->front().table == table; });
  return found == tables_.end() ? std::span<RowRecord const>{} : **found;
}

RowRecord const* RowTables::find(std::string_view table, std::string_view key) const {
  auto const rows = of(table);
  auto const found = std::ranges::find(rows, key, &RowRecord::key);
  return found == rows.end() ? nullptr : &*found;
}

std::vector<RowRecord> RowTables::all() const {
  std::vector<RowRecord> rows;
  rows.reserve(size());
  for (Rows const& table : tables_) {
    rows.insert(rows.end(), table->begin(), table->end());
  }
  return rows;
}

std::size_t RowTables::size() const {
  std::size_t count = 0;
  for (Rows const& table : tables_) {
    count += table->size();
  }
  return count;
}

}  // namespace guarantor::model
