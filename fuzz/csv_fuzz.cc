#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/tables/csv.h"

/// Whatever reads without an error, written and read again, is the same table.
namespace {

using namespace guarantor::tables;

TextTable texts_of(RawTable const& raw) {
  TextTable table;
  for (Cell const& cell : raw.header) {
    table.header.push_back(cell.text);
  }
  for (RawRow const& row : raw.rows) {
    std::vector<std::string>& cells = table.rows.emplace_back();
    for (Cell const& cell : row.cells) {
      cells.push_back(cell.text);
    }
  }
  return table;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  Limits const limits{.field_bytes = 4096};
  Diagnostics log{limits.diagnostics};
  RawTable const first = read_csv(text, "fuzz.csv", limits, log);
  bool const good = !log.has_errors();
  (void)log.take("fuzz.csv");
  if (!good) {
    return 0;
  }
  TextTable const table = texts_of(first);
  RawTable const second = read_csv(write_csv(table), "again.csv", limits, log);
  TextTable const again = texts_of(second);
  if (log.has_errors() || again.header != table.header || again.rows != table.rows) {
    std::abort();
  }
  return 0;
}
