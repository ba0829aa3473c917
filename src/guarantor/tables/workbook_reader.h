#pragma once

#include <filesystem>
#include <optional>

#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/raw_scenario.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

/// Reads a scenario workbook: a sheet a table, `scenario` with key and value, `areas` with the
/// GeoJSON of each. Nothing, and told, where the file is no workbook.
[[nodiscard]] std::optional<RawScenario> read_workbook(std::filesystem::path const& file,
                                                       Limits const& limits, Diagnostics& log);

}  // namespace guarantor::tables
