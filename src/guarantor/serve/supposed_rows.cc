#include "guarantor/serve/supposed_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/tables/row_records.h"

namespace guarantor::serve {

model::Result<std::vector<model::RowRecord>> supposed_rows(
    std::vector<model::RowRecord> rows, std::vector<SupposedRow> const& changes) {
  for (SupposedRow const& change : changes) {
    auto const row = std::ranges::find_if(rows, [&](model::RowRecord const& one) {
      return one.table == change.table && one.key == change.key;
    });
    if (change.cells && row != rows.end()) {
      row->cells = *change.cells;
    } else if (change.cells) {
      rows.push_back({change.table, change.key, *change.cells});
    } else if (row != rows.end()) {
      rows.erase(row);
    } else {
      return model::Error{model::ErrorKind::kNotFound,
                          fmt::format("{} has no row `{}` to take out", change.table, change.key),
                          ""};
    }
  }
  return rows;
}

model::Result<tables::Loaded> supposed_scenario(model::Scenario const& scenario,
                                                std::vector<SupposedRow> const& changes) {
  auto const rows = supposed_rows(tables::to_rows(scenario), changes);
  return rows.ok() ? model::Result<tables::Loaded>{tables::from_rows(rows.value(),
                                                                     scenario.header.id.text())}
                   : rows.error();
}

}  // namespace guarantor::serve
