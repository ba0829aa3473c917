#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/key_chain.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"

namespace guarantor::ledger {

/// What is wrong with a log.
enum class Flaw {
  kAltered,              ///< a file or an entry is not what was signed
  kMissing,              ///< a file or an entry that was signed is not there
  kReordered,            ///< the entry there was signed for another place
  kCheckpointSignature,  ///< the checkpoint is no one's, or not of the key whose term it is
  kKeyChain,             ///< a change of keys that was not signed by both
  kHead,                 ///< the head file is damaged, false, or beyond the log: entries were lost
  kFork,                 ///< two signed trees of which neither begins with the other
};

/// The flaw's name as printed, e.g. "altered".
[[nodiscard]] std::string_view text(Flaw flaw);

/// The first thing wrong, and where.
struct LogFinding {
  Flaw flaw{};
  std::string file;                         ///< within the log's folder, or the head file's name
  std::optional<std::uint64_t> entry;       ///< where it is one, else the first that is concerned
  std::optional<std::uint64_t> belongs_at;  ///< of a reordered entry, where known
  std::string explanation;                  ///< a sentence for people

  friend bool operator==(LogFinding const&, LogFinding const&) = default;
};

struct LogReport {
  std::optional<LogFinding> finding;  ///< nothing: the log is what was signed
  std::optional<VerifiedCheckpoint> checkpoint;
  std::uint64_t entries_checked{};

  [[nodiscard]] bool sound() const { return !finding; }
};

/// The store's own commitment for entries [from, to), at most 256: nothing where the store has no
/// such entry. For an entry whose payload was deleted the store gives the commitment it kept.
using StoredEntries = std::function<model::Result<std::vector<std::optional<Digest>>>(
    std::uint64_t from, std::uint64_t to)>;

struct LogQuestion {
  VerifierKey first_key;               ///< trusted from elsewhere; the chain in `keys` leads on
  std::vector<VerifierKey> witnesses;  ///< whose cosignatures are to be checked
  std::optional<std::filesystem::path> head_file;
  StoredEntries stored;  ///< may be empty: then the folder alone is looked at
  /// Whether lines of keys that are neither the log's nor a witness's may stand in the checkpoint:
  /// for a stranger who does not know all witnesses. A log's own keeper does, and finds a line
  /// whose name was altered.
  bool allow_unknown_signatures{};
};

/// Whether the folder is the log that was signed: keys, checkpoint, head, then every tile from the
/// root down and every entry from the first on, so that what a flipped byte belongs to is told
/// apart. Reads 65 bytes an entry once, keeps a few tiles in memory, hashes twice an entry; about 1
/// µs an entry. `control` shows progress and may stop it. Errors: a folder that cannot be read; a
/// limit where `control` stopped it; those of `stored`. What is wrong with the log is the answer,
/// no error.
[[nodiscard]] model::Result<LogReport> verify_log(TileFolder const& folder,
                                                  LogQuestion const& question,
                                                  model::RunControl const& control);

}  // namespace guarantor::ledger
