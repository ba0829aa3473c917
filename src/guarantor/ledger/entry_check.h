#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/ledger/log_verification.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/ledger/trusted_tiles.h"

namespace guarantor::ledger {

/// Whether the entries of a folder, and those of a store, are what the vouched leaves are of.
class EntryCheck {
 public:
  /// REQUIRES: folder and store outlive this.
  EntryCheck(TileFolder const& folder, StoredEntries const& stored, TreeHead const& head)
      : folder_{folder}, stored_{stored}, head_{head} {}

  /// The first thing wrong with bundle `index`, whose leaves these are. Errors: the store's.
  [[nodiscard]] model::Result<std::optional<LogFinding>> check(std::uint64_t index,
                                                               std::vector<Digest> const& leaves,
                                                               TrustedTiles const& tiles) const;

  /// The leaves of bundle `index` as the store has them; those it lacks are left out.
  /// Errors: the store's. REQUIRES: a store.
  [[nodiscard]] model::Result<std::vector<Digest>> stored_leaves(std::uint64_t index) const;
  /// The tree of all that the store has of the log. Errors and REQUIRES as above.
  [[nodiscard]] model::Result<Frontier> stored_tree() const;

 private:
  [[nodiscard]] std::optional<LogFinding> check_bundle(TileName const& name,
                                                       std::vector<Digest> const& leaves,
                                                       TrustedTiles const& tiles) const;
  [[nodiscard]] LogFinding wrong_entry(std::uint64_t entry, std::string file,
                                       Digest const& there) const;

  TileFolder const& folder_;
  StoredEntries const& stored_;
  TreeHead head_;
};

}  // namespace guarantor::ledger
