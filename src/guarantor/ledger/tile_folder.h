#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/hash_source.h"
#include "guarantor/ledger/tile.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"

namespace guarantor::ledger {

/// Entries [from, to) of a log, to - from <= 256 of them.
using EntrySource =
    std::function<model::Result<std::vector<Digest>>(std::uint64_t from, std::uint64_t to)>;

/// What `TileFolder::publish` is to bring into the folder.
struct Publication {
  std::uint64_t from{};    ///< entries published before: nothing below their tiles is looked at
  std::uint64_t to{};      ///< entries from now on
  EntrySource entries;     ///< asked for tiles that hold any of [from, to)
  std::string checkpoint;  ///< the signed note for `to` entries
};

/// The public face of a log as a folder (C2SP tlog-tiles): `checkpoint`, `tile/0/...` to
/// `tile/7/...`, `tile/entries/...`, and `keys` once keys were changed. A web server may serve it
/// as it is. One process publishes at a time; any number may read.
class TileFolder final : public HashSource {
 public:
  /// An empty folder, or the one that is there. Errors: unwritable.
  [[nodiscard]] static model::Result<TileFolder> create(std::filesystem::path const& folder);
  /// Errors: not found where there is no such folder.
  [[nodiscard]] static model::Result<TileFolder> open(std::filesystem::path const& folder);

  [[nodiscard]] std::filesystem::path const& path() const { return folder_; }

  /// Writes the tiles that [from, to) completes or begins, makes them durable, and only then puts
  /// the checkpoint in place; a crash leaves the old checkpoint with all its tiles. Partial tiles
  /// whose full one is now there are removed. Costs three files per 256 entries, two syncs in all
  /// where they are many. Errors: bad input for a range that is none, or a checkpoint for another
  /// size; check failed, and nothing written, where the hashes do not add up to the checkpoint's
  /// root, or do not begin with the tree of the checkpoint that is there (the log was forked);
  /// check failed where a full tile is there and differs (the log was altered or forked);
  /// unwritable; those of the sources.
  [[nodiscard]] model::Result<model::Done> publish(Publication const& publication,
                                                   HashSource const& hashes,
                                                   model::RunControl const& control) const;

  /// The checkpoint note as it stands, signatures unchecked. Errors: not found where none was
  /// published yet; a limit above 1 MB.
  [[nodiscard]] model::Result<std::string> read_checkpoint() const;
  /// Replaces it by one that differs in signatures alone (a witness's cosignature, a second key).
  /// Errors: refused where the body differs; unwritable.
  [[nodiscard]] model::Result<model::Done> replace_checkpoint(std::string_view note) const;

  /// From the file of that width, else from the full one or the next wider. Errors: not found; bad
  /// input for a file of a wrong length, naming it.
  [[nodiscard]] model::Result<std::vector<Digest>> tile(int level, std::uint64_t index,
                                                        int width) const override;
  /// The first `width` entries of a bundle, in the same way.
  [[nodiscard]] model::Result<std::vector<Digest>> entries(std::uint64_t index, int width) const;

 private:
  explicit TileFolder(std::filesystem::path folder) : folder_{std::move(folder)} {}

  std::filesystem::path folder_;
};

}  // namespace guarantor::ledger
