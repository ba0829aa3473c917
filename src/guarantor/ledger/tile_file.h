#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "guarantor/ledger/tile.h"
#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// No tile and no bundle is longer than a bundle of 256 entries; one byte more shows that it is.
inline constexpr std::size_t kMostTileBytes = std::size_t{kTileWidth} * 34 + 1;

/// A tile as it stands in a log's folder.
struct TileFile {
  TileName name;
  std::string bytes;
};

/// The file of that name; where there is none, the narrowest wider one of the same tile.
/// Errors: not found; bad input where it cannot be read; a limit where it is longer than any tile.
[[nodiscard]] model::Result<TileFile> read_tile_file(std::filesystem::path const& folder,
                                                     TileName const& tile);

}  // namespace guarantor::ledger
