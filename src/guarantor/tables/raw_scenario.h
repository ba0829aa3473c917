#pragma once

#include <map>
#include <optional>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/geojson.h"
#include "guarantor/tables/raw_table.h"
#include "guarantor/tables/scalars.h"

namespace guarantor::tables {

/// All of a scenario as it stands in its files, variants already put together.
struct RawScenario {
  Scalars scalars;
  std::map<model::Table, TableRows> tables;
  ReadAreas areas;
  bool complete{true};  ///< false: a base could not be found, so that anything may be missing
};

/// Reads every cell, then holds the whole against `model::validate`, and tells all that is wrong in
/// the places of the files. What follows from a table that could not be read is not told.
[[nodiscard]] model::Scenario build_scenario(RawScenario const& raw, Diagnostics& log);

}  // namespace guarantor::tables
