#pragma once

#include <map>
#include <string>

namespace guarantor::model {

/// One row of a scenario's tables as text, as it stands in a file: what is kept of it one by one.
/// The scalars are one row of table `scenario`; a row of table `areas` has its GeoJSON feature in
/// the one cell `feature`.
struct RowRecord {
  std::string table;
  std::string key;  ///< names the row within its table; no two rows of a table share one
  std::map<std::string, std::string> cells;  ///< text by column, empty ones left out

  friend bool operator==(RowRecord const&, RowRecord const&) = default;
};

}  // namespace guarantor::model
