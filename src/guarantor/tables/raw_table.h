#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/tables/diagnostics.h"

/// A table as text, before anyone knows what its columns mean.
namespace guarantor::tables {

/// One cell and where its text begins. In a sheet the whole cell is one place.
struct Cell {
  std::string text;
  std::uint64_t line{};
  std::uint64_t column{};
  bool quoted{};    ///< written in quotes, where every quote of the text stands doubled
  bool in_sheet{};  ///< of a workbook: places inside the cell cannot be told apart
};

struct RawRow {
  std::uint64_t line{};
  std::vector<Cell> cells;
  bool ragged{};  ///< not as many cells as the header has
};

struct RawTable {
  std::string file;
  std::vector<Cell> header;
  std::vector<RawRow> rows;
  bool whole{true};  ///< false: what follows the last row could not be read
};

/// The place of the byte at `offset` of a cell's text. O(offset).
[[nodiscard]] Place place_in(std::string const& file, Cell const& cell, std::size_t offset = 0);

/// The index of the header cell with this name (blanks around it do not count).
[[nodiscard]] std::optional<std::size_t> find_column(RawTable const& table, std::string_view name);

/// The rows of one table of a scenario in order, each in whichever file it stands.
struct TableRows {
  struct Reference {
    RawTable const* file{};
    RawRow const* row{};
  };
  std::vector<std::unique_ptr<RawTable>> files;
  std::vector<Reference> rows;

  /// Whether every file was read to its end.
  [[nodiscard]] bool whole() const;
};

}  // namespace guarantor::tables
