#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/ledger/log_verification.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/store/record.h"

namespace guarantor::store {

/// The first thing wrong with a store, and where.
struct StoreFinding {
  std::string place;                 ///< e.g. `record 17`, `table log`, `file …`
  std::optional<Position> position;  ///< where it is a record's
  std::string what;

  friend bool operator==(StoreFinding const&, StoreFinding const&) = default;
};

/// Whom to trust in a log.
struct StoreTrust {
  std::optional<ledger::VerifierKey> first_key;  ///< nothing: the one its folder names
  /// Whose cosignatures are checked. None: those of anyone may stand there, unchecked.
  std::vector<ledger::VerifierKey> witnesses;
};

struct StoreReport {
  std::optional<StoreFinding> finding;       ///< in the database
  std::optional<ledger::LogFinding> in_log;  ///< in the folder of its log, looked at all the same
  std::uint64_t records{};                   ///< read and found to be what the ledger commits to
  std::uint64_t erased{};                    ///< of them without a payload, rightly
  std::uint64_t published{};                 ///< entries of the log's folder that were checked

  std::optional<ledger::VerifiedCheckpoint> checkpoint{};  ///< of the log's folder

  [[nodiscard]] bool sound() const { return !finding && !in_log; }
};

/// Whether every answer of the store is what was kept: each payload against its commitment, each
/// commitment against the tree, the tree against the signed head, indices and layout against the
/// tables, erased payloads against the records of their erasure, secrets against the records that
/// name them, and the log's folder against all of it. Errors: kNotFound, kBadInput where the file
/// is no store at all; kLimit where `control` stopped it. What is wrong with the store is the
/// answer. O(records); about 5 µs each.
[[nodiscard]] model::Result<StoreReport> check_store(std::filesystem::path const& file,
                                                     model::RunControl const& control,
                                                     StoreTrust const& trust = {});

}  // namespace guarantor::store
