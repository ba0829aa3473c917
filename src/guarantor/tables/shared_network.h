#pragma once

#include <filesystem>
#include <optional>

#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/tables/variant.h"

namespace guarantor::tables {

/// The network that a scenario in `home` names: the locations.csv and links.csv of another folder,
/// which several scenarios share. It is to be laid below everything else, so that a row of the
/// scenario with the same key takes its place. Nothing, and told, where there is no such folder.
[[nodiscard]] std::optional<Layer> read_shared_network(std::filesystem::path const& home,
                                                       Scalar const& network, Limits const& limits,
                                                       Diagnostics& log);

}  // namespace guarantor::tables
