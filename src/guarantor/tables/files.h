#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/tables/diagnostics.h"

namespace guarantor::tables {

/// The content of a file, or nothing, and `log` told why as of `name`.
[[nodiscard]] std::optional<std::string> read_file(std::filesystem::path const& file,
                                                   std::string const& name,
                                                   std::uint64_t most_bytes, Diagnostics& log);

/// Writes files into a folder that appears whole or not at all: beside its place, synced, renamed.
/// What else a folder that is replaced held is kept. Errors as `save_folder`.
[[nodiscard]] model::Result<model::Done> write_folder(
    std::filesystem::path const& folder, std::map<std::string, std::string> const& files,
    bool replace);

}  // namespace guarantor::tables
