#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/raw_table.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

/// Reads RFC 4180 text: UTF-8 with or without a byte order mark, comma separated, lines ended by LF
/// or CRLF, a header required. A line break inside quotes reads as LF. Rows without any text are
/// passed over. Everything wrong is told to `log` and reading goes on where that makes sense; where
/// it does not, the table comes back with `whole` false. O(length).
[[nodiscard]] RawTable read_csv(std::string_view text, std::string const& file,
                                Limits const& limits, Diagnostics& log);

/// The same from a file, which is named as its path; not whole where it cannot be read.
[[nodiscard]] std::unique_ptr<RawTable> read_csv_file(std::filesystem::path const& path,
                                                      Limits const& limits, Diagnostics& log);

/// A table as plain text cells; every row is as long as the header.
struct TextTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// RFC 4180 text with LF line ends; cells are quoted only where they must be.
[[nodiscard]] std::string write_csv(TextTable const& table);

}  // namespace guarantor::tables
