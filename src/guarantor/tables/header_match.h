#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/raw_table.h"

namespace guarantor::tables {

class FaultyCells;
struct TableSchema;

/// Where a file keeps the columns of its table.
struct HeaderMatch {
  std::vector<std::optional<std::size_t>> known;  ///< by column of the schema
  std::map<std::string, std::size_t> unknown;     ///< the others, by name
};

/// Finds the schema's columns in a file's header. A required column that is missing is an error of
/// the file; a column that is not known is kept, with a warning that offers the nearest name.
[[nodiscard]] HeaderMatch match_header(TableSchema const& schema, RawTable const& file,
                                       Diagnostics& log, FaultyCells& faulty);

}  // namespace guarantor::tables
