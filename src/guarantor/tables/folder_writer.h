#pragma once

#include <map>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"

namespace guarantor::tables {

/// The canonical files of a scenario by name: scenario.toml, a CSV file for each table that has
/// rows or must exist, areas.geojson. Equal scenarios give equal files.
[[nodiscard]] std::map<std::string, std::string> write_files(model::Scenario const& scenario);

/// The description of those files: a Frictionless data package with a schema for each table.
[[nodiscard]] std::string write_datapackage(model::Scenario const& scenario,
                                            std::map<std::string, std::string> const& files);

/// Error kBadInput where a text holds what no file of a scenario may (control characters, text that
/// is not UTF-8, a cell beyond the limit).
[[nodiscard]] std::optional<model::Error> find_unwritable_text(model::Scenario const& scenario);

}  // namespace guarantor::tables
