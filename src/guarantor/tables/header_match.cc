#include "guarantor/tables/header_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "guarantor/model/spelling.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/table_schema.h"

namespace guarantor::tables {
namespace {

void warn_of_unknown(TableSchema const& schema, RawTable const& file, Cell const& cell,
                     Diagnostics& log) {
  std::vector<std::string_view> free;
  for (ColumnInfo const& column : schema.columns) {
    if (!find_column(file, column.name)) {
      free.push_back(column.name);
    }
  }
  std::string_view const name = trimmed(cell.text);
  auto const near = model::closest(name, free);
  if (near || !schema.further_columns) {
    log.warning(place_in(file.file, cell),
                fmt::format("{} has no column `{}`", model::text(schema.table), excerpt(name)),
                near ? fmt::format("did you mean `{}`? It is kept but not used", *near)
                     : "it is kept but not used");
  }
}

}  // namespace

std::string needed_hint(ColumnInfo const& column) {
  return column.facts.about.empty() ? "every row needs it"
                                    : fmt::format("every row needs it: {}", column.facts.about);
}

HeaderMatch match_header(TableSchema const& schema, RawTable const& file, Diagnostics& log,
                         FaultyCells& faulty) {
  HeaderMatch match;
  std::vector<bool> used(file.header.size(), false);
  for (ColumnInfo const& column : schema.columns) {
    auto const place = find_column(file, column.name);
    match.known.push_back(place);
    if (place) {
      used[*place] = true;
    } else if (column.facts.required && !file.header.empty()) {
      log.error({file.file, 1, 0}, fmt::format("the column `{}` is missing", column.name),
                needed_hint(column));
      faulty.add_column(schema.table, column.name);
    }
  }
  for (std::size_t c = 0; c < file.header.size(); ++c) {
    if (!used[c]) {
      match.unknown.emplace(trimmed(file.header[c].text), c);
      warn_of_unknown(schema, file, file.header[c], log);
    }
  }
  return match;
}

}  // namespace guarantor::tables
