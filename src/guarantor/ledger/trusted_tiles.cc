#include "guarantor/ledger/trusted_tiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "guarantor/ledger/durable_file.h"
#include "guarantor/ledger/tile_file.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;
using model::ErrorKind;
using model::Result;

constexpr int kTileHeight = 8;

/// The first entry below a tile.
std::uint64_t first_entry(TileName const& name) {
  return (name.index * kTileWidth) << (kTileHeight * std::max(name.level, 0));
}

std::vector<Digest> leaves_of(std::vector<Digest> entries) {
  std::ranges::transform(entries, entries.begin(), leaf_hash);
  return entries;
}

}  // namespace

std::optional<std::vector<Digest>> leaves_of_bundle(fs::path const& folder, std::uint64_t index,
                                                    int width) {
  TileName const name{.level = kEntryLevel, .index = index, .width = width};
  auto const file = read_tile_file(folder, name);
  if (!file) {
    return std::nullopt;
  }
  auto entries = decode_entries(file.value().bytes, file.value().name.width);
  if (!entries) {
    return std::nullopt;
  }
  entries.value().resize(static_cast<std::size_t>(width));
  return leaves_of(std::move(entries).value());
}

TrustedTiles::TrustedTiles(fs::path const& folder, TreeHead const& head)
    : folder_{folder}, head_{head}, edge_{head.size} {}

std::variant<std::vector<Digest>, LogFinding> TrustedTiles::read(TileName const& name) const {
  auto const file = read_tile_file(folder_, name);
  if (!file) {
    bool const missing = file.error().kind == ErrorKind::kNotFound;
    return LogFinding{.flaw = missing ? Flaw::kMissing : Flaw::kAltered,
                      .file = tile_path(name),
                      .entry = first_entry(name),
                      .belongs_at = {},
                      .explanation = missing ? "the tile is not there" : file.error().message};
  }
  auto hashes = decode_tile(file.value().bytes, file.value().name.width);
  if (!hashes) {
    return LogFinding{.flaw = Flaw::kAltered,
                      .file = tile_path(file.value().name),
                      .entry = first_entry(name),
                      .belongs_at = {},
                      .explanation = hashes.error().message};
  }
  hashes.value().resize(static_cast<std::size_t>(name.width));
  return std::move(hashes).value();
}

/// The partial tile of a level as what lies below says it should be; nothing where that cannot be
/// read.
TrustedTiles::Hashes TrustedTiles::rebuilt(int level) const {
  int const width = edge_.width(level);
  if (level == 0) {
    return leaves_of_bundle(folder_, edge_.index(0), width);
  }
  std::vector<Digest> roots;
  for (int i = 0; i < width; ++i) {
    TileName const below{.level = level - 1,
                         .index = edge_.index(level) * kTileWidth + static_cast<std::uint64_t>(i)};
    auto hashes = read(below);
    if (!std::holds_alternative<std::vector<Digest>>(hashes)) {
      return std::nullopt;
    }
    roots.push_back(root_of_hashes(std::get<std::vector<Digest>>(std::move(hashes))));
  }
  return roots;
}

/// The leaves of the last bundle as the store has them.
Result<TrustedTiles::Hashes> TrustedTiles::from_entries(StoredEntries const& stored) const {
  std::uint64_t const first = edge_.index(0) * kTileWidth;
  if (!stored || first == head_.size) {
    return Hashes{};
  }
  auto const entries = stored(first, head_.size);
  if (!entries) {
    return entries.error();
  }
  std::vector<Digest> leaves;
  for (auto const& entry : entries.value()) {
    if (entry) {
      leaves.push_back(leaf_hash(*entry));
    }
  }
  bool const all = leaves.size() == head_.size - first;
  return all ? Hashes{std::move(leaves)} : Hashes{};
}

LogFinding TrustedTiles::altered(TileName const& name, Hashes const& right) const {
  LogFinding finding{.flaw = Flaw::kAltered,
                     .file = tile_path(name),
                     .entry = first_entry(name),
                     .belongs_at = {},
                     .explanation = "the tile's hashes are not those the signed root is made of"};
  auto const there = read_tile_file(folder_, name);
  if (there) {
    finding.file = tile_path(there.value().name);
  }
  auto const hashes = read(name);
  auto const* const found = std::get_if<std::vector<Digest>>(&hashes);
  if (right && found != nullptr && found->size() == right->size()) {
    auto const differs = std::ranges::mismatch(*found, *right).in1 - found->begin();
    finding.entry =
        *finding.entry + (static_cast<std::uint64_t>(differs) << (kTileHeight * name.level));
  }
  return finding;
}

/// Tries every choice between the partial tiles as they stand and what else they could be. The
/// first that makes the root shows which were altered; those are put right.
std::optional<LogFinding> TrustedTiles::find_altered_edge(
    std::array<std::vector<std::vector<Digest>>, RightEdge::kLevels> const& others) {
  std::array<std::size_t, RightEdge::kLevels> choice{};
  RightEdge const as_it_stands = edge_;
  while (true) {
    int level = 0;
    while (level < RightEdge::kLevels) {  // the next choice, counted like digits
      auto const at = static_cast<std::size_t>(level);
      choice.at(at) = choice.at(at) == others.at(at).size() ? 0 : choice.at(at) + 1;
      edge_.set(level, choice.at(at) == 0 ? as_it_stands.hashes(level)
                                          : others.at(at).at(choice.at(at) - 1));
      if (choice.at(at) != 0) {
        break;
      }
      ++level;
    }
    if (level == RightEdge::kLevels) {
      return std::nullopt;
    }
    if (edge_.frontier().root() == head_.root) {
      break;
    }
  }
  int level = RightEdge::kLevels - 1;
  while (choice.at(static_cast<std::size_t>(level)) == 0) {
    --level;
  }
  return altered({.level = level, .index = edge_.index(level), .width = edge_.width(level)},
                 edge_.hashes(level));
}

Result<std::optional<LogFinding>> TrustedTiles::anchor(StoredEntries const& stored) {
  using Finding = std::optional<LogFinding>;
  for (int level = RightEdge::kLevels - 1; level >= 0; --level) {
    if (edge_.width(level) == 0) {
      continue;
    }
    auto hashes = read({.level = level, .index = edge_.index(level), .width = edge_.width(level)});
    if (auto* const finding = std::get_if<LogFinding>(&hashes)) {
      return Finding{std::move(*finding)};
    }
    edge_.set(level, std::get<std::vector<Digest>>(std::move(hashes)));
  }
  if (edge_.frontier().root() == head_.root) {
    return Finding{};
  }
  std::array<std::vector<std::vector<Digest>>, RightEdge::kLevels> others;
  for (int level = 0; level < RightEdge::kLevels; ++level) {
    auto other = edge_.width(level) == 0 ? Hashes{} : rebuilt(level);
    if (other && *other != edge_.hashes(level)) {
      others.at(static_cast<std::size_t>(level)).push_back(std::move(*other));
    }
  }
  auto leaves = from_entries(stored);
  if (!leaves) {
    return leaves.error();
  }
  if (leaves.value()) {
    others[0].push_back(std::move(*leaves.value()));
  }
  auto finding = find_altered_edge(others);
  return finding ? finding
                 : Finding{{.flaw = Flaw::kFork,
                            .file = "checkpoint",
                            .entry = {},
                            .belongs_at = {},
                            .explanation = "neither the tiles nor the entries make the root that "
                                           "was signed: the log was rewritten"}};
}

std::variant<std::vector<Digest> const*, LogFinding> TrustedTiles::tile(int level,
                                                                        std::uint64_t index) {
  if (index == edge_.index(level)) {
    return &edge_.hashes(level);
  }
  auto& latest = latest_.at(static_cast<std::size_t>(level));
  if (latest && latest->first == index) {
    return &latest->second;
  }
  auto const above = tile(level + 1, index / kTileWidth);
  if (auto const* const finding = std::get_if<LogFinding>(&above)) {
    return *finding;
  }
  Digest const& root = std::get<0>(above)->at(index % kTileWidth);
  TileName const name{.level = level, .index = index};
  auto hashes = read(name);
  if (auto* const finding = std::get_if<LogFinding>(&hashes)) {
    return std::move(*finding);
  }
  auto& found = std::get<std::vector<Digest>>(hashes);
  if (root_of_hashes(found) != root) {
    auto const right = level == 0 ? leaves_of_bundle(folder_, index, kTileWidth) : std::nullopt;
    return altered(name, right && root_of_hashes(*right) == root ? right : std::nullopt);
  }
  if (auto wrong = narrower(name, encode_tile(found))) {
    return *std::move(wrong);
  }
  latest.emplace(index, std::move(found));
  return &latest->second;
}

std::optional<LogFinding> TrustedTiles::narrower(TileName const& tile,
                                                 std::string const& bytes) const {
  std::error_code error;
  fs::path const partials =
      folder_ / (tile_path({.level = tile.level, .index = tile.index}) + ".p");
  std::size_t const each = bytes.size() / static_cast<std::size_t>(tile.width);
  for (int width = 1; fs::exists(partials, error) && width < tile.width; ++width) {
    TileName const name{.level = tile.level, .index = tile.index, .width = width};
    auto const there = read_whole_file(folder_ / tile_path(name), kMostTileBytes);
    bool const absent = !there && there.error().kind == ErrorKind::kNotFound;
    bool const right =
        there && there.value() == bytes.substr(0, each * static_cast<std::size_t>(width));
    if (!absent && !right) {
      return LogFinding{.flaw = Flaw::kAltered,
                        .file = tile_path(name),
                        .entry = first_entry(tile),
                        .belongs_at = {},
                        .explanation =
                            "the partial tile is not the beginning of the one that "
                            "followed it"};
    }
  }
  return std::nullopt;
}

}  // namespace guarantor::ledger
