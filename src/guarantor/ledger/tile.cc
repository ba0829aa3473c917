#include "guarantor/ledger/tile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "guarantor/ledger/big_endian.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kBytes = 32;
constexpr std::size_t kLengthBytes = 2;
constexpr std::uint64_t kThousand = 1000;
constexpr int kHighestLevel = 7;

/// Which of `encode_entries`' entries the bytes stop being right at.
Error wrong_entry(int entry, std::string const& why) {
  return {ErrorKind::kBadInput, fmt::format("entry {} of the bundle {}", entry, why), ""};
}

}  // namespace

std::string tile_path(TileName const& tile) {
  std::string path = fmt::format("{:03}", tile.index % kThousand);
  for (std::uint64_t rest = tile.index / kThousand; rest > 0; rest /= kThousand) {
    path.insert(0, fmt::format("x{:03}/", rest % kThousand));
  }
  path = tile.level == kEntryLevel ? "tile/entries/" + path
                                   : fmt::format("tile/{}/{}", tile.level, path);
  return tile.width == kTileWidth ? path : fmt::format("{}.p/{}", path, tile.width);
}

Result<TileName> parse_tile_path(std::string_view path) {
  Error const wrong{ErrorKind::kBadInput, fmt::format("\"{}\" is the path of no tile", path),
                    "tile/LEVEL/INDEX in groups of three digits, or tile/entries/INDEX"};
  constexpr std::size_t kLongest = 64;
  constexpr std::string_view kTop = "tile/";
  if (path.size() > kLongest || !path.starts_with(kTop)) {
    return wrong;
  }
  // Read leniently, then keep only what would be written the same.
  TileName tile;
  std::string_view rest = path.substr(kTop.size());
  std::string_view const level = rest.substr(0, rest.find('/'));
  tile.level = level == "entries" ? kEntryLevel
               : level.size() == 1 && level[0] >= '0' && level[0] <= '0' + kHighestLevel
                   ? level[0] - '0'
                   : kHighestLevel + 1;
  if (tile.level > kHighestLevel || rest.size() == level.size()) {
    return wrong;
  }
  rest.remove_prefix(level.size() + 1);
  if (auto const partial = rest.find(".p/"); partial != std::string_view::npos) {
    std::string_view const width = rest.substr(partial + 3);
    auto const read = std::from_chars(width.data(), width.data() + width.size(), tile.width);
    if (read.ec != std::errc{} || tile.width < 1 || tile.width >= kTileWidth) {
      return wrong;
    }
    rest = rest.substr(0, partial);
  }
  constexpr std::uint64_t kMostIndex = (std::uint64_t{1} << 55U) - 1;  // of 2^63 entries
  for (char const character : rest) {
    if (character >= '0' && character <= '9') {
      tile.index = tile.index * 10 + static_cast<std::uint64_t>(character - '0');
    }
    if (tile.index > kMostIndex) {
      return wrong;
    }
  }
  return tile_path(tile) == path ? Result<TileName>{tile} : wrong;
}

int tile_width(int level, std::uint64_t index, std::uint64_t size) {
  constexpr int kTileHeight = 8;
  std::uint64_t const hashes = level == kEntryLevel ? size : size >> (kTileHeight * level);
  std::uint64_t const first = index * kTileWidth;
  return static_cast<int>(hashes <= first ? 0
                                          : std::min<std::uint64_t>(kTileWidth, hashes - first));
}

std::string encode_tile(std::span<Digest const> hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * kBytes);
  for (Digest const& hash : hashes) {
    bytes += hash.view();
  }
  return bytes;
}

Result<std::vector<Digest>> decode_tile(std::string_view bytes, int width) {
  auto const count = static_cast<std::size_t>(width);
  if (bytes.size() != count * kBytes) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("a tile of {} hashes has {} bytes, this has {}", width, count * kBytes,
                             bytes.size()),
                 ""};
  }
  std::vector<Digest> hashes(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * kBytes), kBytes,
                hashes[i].bytes.begin());
  }
  return hashes;
}

std::string encode_entries(std::span<Digest const> entries) {
  std::string bytes;
  bytes.reserve(entries.size() * (kBytes + kLengthBytes));
  for (Digest const& entry : entries) {
    append_big_endian(bytes, kBytes, kLengthBytes);
    bytes += entry.view();
  }
  return bytes;
}

Result<std::vector<Digest>> decode_entries(std::string_view bytes, int width) {
  std::vector<Digest> entries(static_cast<std::size_t>(width));
  for (int i = 0; i < width; ++i) {
    if (bytes.size() < kLengthBytes + kBytes) {
      return wrong_entry(i, "is cut short");
    }
    std::uint64_t const length = read_big_endian(bytes.substr(0, kLengthBytes));
    if (length != kBytes) {
      return wrong_entry(i, fmt::format("says it has {} bytes; an entry has {}", length, kBytes));
    }
    std::copy_n(bytes.begin() + kLengthBytes, kBytes,
                entries[static_cast<std::size_t>(i)].bytes.begin());
    bytes.remove_prefix(kLengthBytes + kBytes);
  }
  if (!bytes.empty()) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{} bytes stand behind the bundle's {} entries", bytes.size(), width),
                 ""};
  }
  return entries;
}

}  // namespace guarantor::ledger
