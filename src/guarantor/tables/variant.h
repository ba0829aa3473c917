#pragma once

#include <map>
#include <memory>
#include <optional>

#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/raw_scenario.h"
#include "guarantor/tables/raw_table.h"

namespace guarantor::tables {

/// What one folder of a chain of variants holds, by itself.
struct Layer {
  Scalars scalars;
  std::map<model::Table, std::unique_ptr<RawTable>> tables;
  ReadAreas areas;
  std::unique_ptr<RawTable> removals;  ///< remove.csv, if there is one
};

/// Lays a folder over what its bases gave: first the rows it removes go, then a row with the key of
/// one that is there takes its place, and other rows are added at the end. A row to remove that is
/// not there is an error.
void lay_over(RawScenario& base, Layer layer, Diagnostics& log);

}  // namespace guarantor::tables
