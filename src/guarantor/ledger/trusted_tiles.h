#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/log_verification.h"
#include "guarantor/ledger/right_edge.h"
#include "guarantor/ledger/tile.h"

namespace guarantor::ledger {

/// The hash tiles of a log's folder as far as the signed root vouches for them, from the root down.
/// Keeps one tile a level besides the right edge.
class TrustedTiles {
 public:
  /// REQUIRES: size <= kMostEntries; the folder outlives this.
  TrustedTiles(std::filesystem::path const& folder, TreeHead const& head);

  /// Reads the partial tiles, which together must make the root. Where they do not, the one that
  /// does with what lies below it instead is the altered one; `stored` is the store's last word on
  /// the entries. Errors: those of `stored`.
  [[nodiscard]] model::Result<std::optional<LogFinding>> anchor(StoredEntries const& stored);

  /// The hashes of a tile that exists at the log's size, once everything above it is vouched for;
  /// or what is wrong on the way. REQUIRES: `anchor` found nothing.
  [[nodiscard]] std::variant<std::vector<Digest> const*, LogFinding> tile(int level,
                                                                          std::uint64_t index);

  /// What is wrong with the narrower partial tiles that a tile has left behind, nothing if they are
  /// beginnings of it. `bytes`: what the tile is vouched to hold.
  [[nodiscard]] std::optional<LogFinding> narrower(TileName const& tile,
                                                   std::string const& bytes) const;

  [[nodiscard]] Frontier frontier() const { return edge_.frontier(); }

 private:
  using Hashes = std::optional<std::vector<Digest>>;

  [[nodiscard]] std::variant<std::vector<Digest>, LogFinding> read(TileName const& name) const;
  [[nodiscard]] Hashes rebuilt(int level) const;
  [[nodiscard]] model::Result<Hashes> from_entries(StoredEntries const& stored) const;
  [[nodiscard]] LogFinding altered(TileName const& name,
                                   std::optional<std::vector<Digest>> const& right) const;
  [[nodiscard]] std::optional<LogFinding> find_altered_edge(
      std::array<std::vector<std::vector<Digest>>, RightEdge::kLevels> const& others);

  std::filesystem::path const& folder_;
  TreeHead head_;
  RightEdge edge_;
  std::array<std::optional<std::pair<std::uint64_t, std::vector<Digest>>>, RightEdge::kLevels>
      latest_;
};

/// The hashes of a bundle's entries; nothing where it cannot be read.
[[nodiscard]] std::optional<std::vector<Digest>> leaves_of_bundle(
    std::filesystem::path const& folder, std::uint64_t index, int width);

}  // namespace guarantor::ledger
