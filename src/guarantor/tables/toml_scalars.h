#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/scenario.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::tables {

/// What a scenario.toml says: its scalars, for a variant its base, and the network it stands on.
struct TomlScalars {
  Scalars scalars;
  std::optional<Scalar> extends;
  std::optional<Scalar> network;
  bool network_unusable{};  ///< it is given, and could not be read
};

/// Reads the text of a scenario.toml, telling every line that is no TOML, or nested deeper than
/// allowed. A key whose value could not be read is unusable; where even the key could not, the
/// scalars are not whole.
[[nodiscard]] TomlScalars read_toml(std::string_view text, std::string const& file,
                                    Limits const& limits, Diagnostics& log);

/// The text of a scenario.toml that reads back as the same scalars.
[[nodiscard]] std::string write_toml(model::Header const& header);

}  // namespace guarantor::tables
