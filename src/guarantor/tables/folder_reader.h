#pragma once

#include <filesystem>
#include <string>

#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/raw_scenario.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

inline constexpr char const* kScalarsFile = "scenario.toml";
inline constexpr char const* kAreasFile = "areas.geojson";
inline constexpr char const* kRemovalsFile = "remove.csv";
inline constexpr char const* kPackageFile = "datapackage.json";

/// The file of a table, e.g. pledges.csv.
[[nodiscard]] std::string file_of(model::Table table);

/// Reads a scenario folder and the bases it extends, and puts them together.
[[nodiscard]] RawScenario read_folder(std::filesystem::path const& folder, Limits const& limits,
                                      Diagnostics& log);

}  // namespace guarantor::tables
