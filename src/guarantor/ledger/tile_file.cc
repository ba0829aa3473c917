#include "guarantor/ledger/tile_file.h"

#include <charconv>
#include <system_error>
#include <utility>

#include "guarantor/ledger/durable_file.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;
using model::ErrorKind;
using model::Result;

/// The narrowest partial tile of at least that width that is there; the full width where there is
/// none.
int narrowest(fs::path const& partials, int width) {
  int found = kTileWidth;
  std::error_code error;
  for (fs::directory_iterator entry{partials, error}, end; !error && entry != end;
       entry.increment(error)) {
    std::string const name = entry->path().filename().string();
    int at = 0;
    auto const read = std::from_chars(name.data(), name.data() + name.size(), at);
    bool const whole = read.ec == std::errc{} && read.ptr == name.data() + name.size();
    if (whole && at >= width && at < found) {
      found = at;
    }
  }
  return found;
}

}  // namespace

Result<TileFile> read_tile_file(fs::path const& folder, TileName const& tile) {
  auto bytes = read_whole_file(folder / tile_path(tile), kMostTileBytes);
  if (bytes) {
    return TileFile{tile, std::move(bytes).value()};
  }
  if (bytes.error().kind != ErrorKind::kNotFound || tile.width == kTileWidth) {
    return bytes.error();
  }
  TileName wider{.level = tile.level, .index = tile.index};
  wider.width = narrowest(folder / (tile_path(wider) + ".p"), tile.width);
  auto other = read_whole_file(folder / tile_path(wider), kMostTileBytes);
  if (!other) {
    return other.error().kind == ErrorKind::kNotFound ? bytes.error() : other.error();
  }
  return TileFile{wider, std::move(other).value()};
}

}  // namespace guarantor::ledger
