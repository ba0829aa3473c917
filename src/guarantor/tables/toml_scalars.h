#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/scenario.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

/// What a scenario.toml says: its scalars and, for a variant, its base.
struct TomlScalars {
  Scalars scalars;
  std::optional<Scalar> extends;
};

/// Reads the text of a scenario.toml. What is no TOML, or nested deeper than allowed, is an error
/// and leaves the scalars not whole.
[[nodiscard]] TomlScalars read_toml(std::string_view text, std::string const& file,
                                    Limits const& limits, Diagnostics& log);

/// The text of a scenario.toml that reads back as the same scalars.
[[nodiscard]] std::string write_toml(model::Header const& header);

}  // namespace guarantor::tables
