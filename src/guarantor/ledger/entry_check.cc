#include "guarantor/ledger/entry_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "guarantor/ledger/tile_file.h"

namespace guarantor::ledger {
namespace {

using model::ErrorKind;
using model::Result;

constexpr std::size_t kEntryBytes = 34;  // with its length

LogFinding found(Flaw flaw, std::string file, std::uint64_t entry, std::string explanation) {
  return {.flaw = flaw,
          .file = std::move(file),
          .entry = entry,
          .belongs_at = {},
          .explanation = std::move(explanation)};
}

}  // namespace

/// An entry that is not the one that was signed for its place; it may be one of another place.
LogFinding EntryCheck::wrong_entry(std::uint64_t entry, std::string file,
                                   Digest const& there) const {
  Digest const leaf = leaf_hash(there);
  for (std::uint64_t index = 0; index * kTileWidth < head_.size; ++index) {
    auto const hashes = folder_.tile(0, index, tile_width(0, index, head_.size));
    if (!hashes) {
      continue;
    }
    auto const at = std::ranges::find(hashes.value(), leaf);
    std::uint64_t const place =
        index * kTileWidth + static_cast<std::uint64_t>(at - hashes.value().begin());
    if (at != hashes.value().end() && place != entry) {
      auto finding = found(Flaw::kReordered, std::move(file), entry, "");
      finding.belongs_at = place;
      finding.explanation =
          fmt::format("the entry that stands at {} was signed for place {}", entry, place);
      return finding;
    }
  }
  return found(Flaw::kAltered, std::move(file), entry,
               fmt::format("entry {} is not the one that was signed", entry));
}

std::optional<LogFinding> EntryCheck::check_bundle(TileName const& name,
                                                   std::vector<Digest> const& leaves,
                                                   TrustedTiles const& tiles) const {
  std::uint64_t const first = name.index * kTileWidth;
  auto const file = read_tile_file(folder_.path(), name);
  if (!file) {
    bool const missing = file.error().kind == ErrorKind::kNotFound;
    return found(missing ? Flaw::kMissing : Flaw::kAltered, tile_path(name), first,
                 missing ? "the bundle of entries is not there" : file.error().message);
  }
  TileFile const& bundle = file.value();
  std::string const path = tile_path(bundle.name);
  std::string_view rest = bundle.bytes;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    auto const entry = decode_entries(rest.substr(0, kEntryBytes), 1);
    if (!entry) {
      return found(Flaw::kAltered, path, first + i,
                   fmt::format("entry {} is cut short or has another length", first + i));
    }
    if (leaf_hash(entry.value().front()) != leaves[i]) {
      return wrong_entry(first + i, path, entry.value().front());
    }
    rest.remove_prefix(kEntryBytes);
  }
  if (bundle.bytes.size() != static_cast<std::size_t>(bundle.name.width) * kEntryBytes) {
    return found(Flaw::kAltered, path, first + leaves.size() - 1,
                 fmt::format("the bundle of {} entries has {} bytes", bundle.name.width,
                             bundle.bytes.size()));
  }
  return tiles.narrower(name, bundle.bytes.substr(0, leaves.size() * kEntryBytes));
}

Result<std::optional<LogFinding>> EntryCheck::check(std::uint64_t index,
                                                    std::vector<Digest> const& leaves,
                                                    TrustedTiles const& tiles) const {
  using Finding = std::optional<LogFinding>;
  TileName const name{
      .level = kEntryLevel, .index = index, .width = static_cast<int>(leaves.size())};
  if (auto finding = check_bundle(name, leaves, tiles); finding || !stored_) {
    return finding;
  }
  std::uint64_t const first = index * kTileWidth;
  auto const entries = stored_(first, first + leaves.size());
  if (!entries) {
    return entries.error();
  }
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    bool const there = i < entries.value().size() && entries.value()[i];
    if (!there) {
      return Finding{found(Flaw::kMissing, "store", first + i,
                           fmt::format("the store has no entry {}", first + i))};
    }
    if (leaf_hash(*entries.value()[i]) != leaves[i]) {
      return Finding{wrong_entry(first + i, "store", *entries.value()[i])};
    }
  }
  return Finding{};
}

Result<std::vector<Digest>> EntryCheck::stored_leaves(std::uint64_t index) const {
  std::uint64_t const first = index * kTileWidth;
  auto const width = tile_width(kEntryLevel, index, head_.size);
  auto const entries = stored_(first, first + static_cast<std::uint64_t>(width));
  if (!entries) {
    return entries.error();
  }
  std::vector<Digest> leaves;
  for (auto const& entry : entries.value()) {
    if (entry) {
      leaves.push_back(leaf_hash(*entry));
    }
  }
  return leaves;
}

Result<Frontier> EntryCheck::stored_tree() const {
  Frontier tree;
  for (std::uint64_t index = 0; index * kTileWidth < head_.size; ++index) {
    auto const leaves = stored_leaves(index);
    if (!leaves) {
      return leaves.error();
    }
    for (Digest const& leaf : leaves.value()) {
      tree.append(leaf);
    }
  }
  return tree;
}

}  // namespace guarantor::ledger
