#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/digest.h"

namespace guarantor::ledger {

inline constexpr int kTileWidth = 256;
/// The level that names bundles of entries rather than of hashes.
inline constexpr int kEntryLevel = -1;

/// Which tile: level (kEntryLevel for entries, else 0 to 7), index within it, how many it holds.
struct TileName {
  int level{};
  std::uint64_t index{};
  int width = kTileWidth;  ///< 256 where full

  friend bool operator==(TileName const&, TileName const&) = default;
};

/// Its path in the log (C2SP tlog-tiles): "tile/0/x001/x234/067", "tile/entries/000.p/17".
/// REQUIRES: a level from -1 to 7, a width from 1 to 256.
[[nodiscard]] std::string tile_path(TileName const& tile);
/// The reverse. Errors: bad input for any path `tile_path` does not write.
[[nodiscard]] model::Result<TileName> parse_tile_path(std::string_view path);

/// How many hashes (or entries) tile `index` of a level holds in a log of that size: 0 to 256.
[[nodiscard]] int tile_width(int level, std::uint64_t index, std::uint64_t size);

/// The hashes one after the other. REQUIRES: 1 to 256 of them.
[[nodiscard]] std::string encode_tile(std::span<Digest const> hashes);
/// The reverse. Errors: bad input unless exactly `width` hashes.
[[nodiscard]] model::Result<std::vector<Digest>> decode_tile(std::string_view bytes, int width);

/// Entries, each after its length as two bytes, the most significant first.
[[nodiscard]] std::string encode_entries(std::span<Digest const> entries);
/// The reverse. Errors: bad input unless exactly `width` entries of 32 bytes; the message says at
/// which of them.
[[nodiscard]] model::Result<std::vector<Digest>> decode_entries(std::string_view bytes, int width);

}  // namespace guarantor::ledger
