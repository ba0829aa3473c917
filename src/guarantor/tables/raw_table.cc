#include "guarantor/tables/raw_table.h"

#include <algorithm>

#include "guarantor/tables/characters.h"

namespace guarantor::tables {

Place place_in(std::string const& file, Cell const& cell, std::size_t offset) {
  Place place{file, cell.line, cell.column};
  if (cell.in_sheet) {
    return place;
  }
  for (char const byte : std::string_view{cell.text}.substr(0, offset)) {
    if (byte == '\n') {
      ++place.line;
      place.column = 1;
    } else if (!continues_character(byte)) {
      place.column += cell.quoted && byte == '"' ? 2U : 1U;
    }
  }
  return place;
}

std::optional<std::size_t> find_column(RawTable const& table, std::string_view name) {
  auto const found = std::find_if(table.header.begin(), table.header.end(),
                                  [&](Cell const& cell) { return trimmed(cell.text) == name; });
  if (found == table.header.end()) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - table.header.begin());
}

bool TableRows::whole() const {
  return std::all_of(files.begin(), files.end(), [](auto const& file) { return file->whole; });
}

}  // namespace guarantor::tables
