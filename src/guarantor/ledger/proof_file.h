#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/commitment.h"
#include "guarantor/ledger/proof.h"
#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// That a record is in the log, for a stranger who has nothing but this and the log's key
/// (C2SP tlog-proof).
struct InclusionFile {
  std::uint64_t index{};
  std::optional<Salt> salt;            ///< with it the record can be held against the entry
  std::optional<std::string> payload;  ///< the record, canonical JSON; only beside its salt
  Proof proof;
  std::string checkpoint;  ///< the signed note

  friend bool operator==(InclusionFile const&, InclusionFile const&) = default;
};

/// The file's text. The line `extra` holds, in base 64, the canonical JSON
/// {"payload":"...","salt":"hex"} of what is there.
[[nodiscard]] std::string inclusion_file_text(InclusionFile const& file);
/// The reverse, strictly. Errors, with the line: bad input.
[[nodiscard]] model::Result<InclusionFile> parse_inclusion_file(std::string_view text);

/// That the entry (a commitment) is in the log at that index.
/// Errors: bad input; check failed.
[[nodiscard]] model::Result<VerifiedCheckpoint> verify_inclusion_file(
    InclusionFile const& file, Digest const& entry, std::span<VerifierKey const> known);
/// The same of the record: `payload` if given, else the one in the file, with the file's salt.
/// Errors also: bad input where salt or record are nowhere, or the record is no JSON.
[[nodiscard]] model::Result<VerifiedCheckpoint> verify_record(
    InclusionFile const& file, std::optional<std::string_view> payload,
    std::span<VerifierKey const> known);

/// That a log only grew from an earlier size to a checkpoint: what a witness is sent
/// (C2SP tlog-witness, body of add-checkpoint).
struct ConsistencyFile {
  std::uint64_t old_size{};
  Proof proof;
  std::string checkpoint;  ///< the signed note of the later size

  friend bool operator==(ConsistencyFile const&, ConsistencyFile const&) = default;
};

[[nodiscard]] std::string consistency_file_text(ConsistencyFile const& file);
/// The reverse, strictly. Errors, with the line: bad input.
[[nodiscard]] model::Result<ConsistencyFile> parse_consistency_file(std::string_view text);
/// That the log of the checkpoint begins with the tree of `old_head`, which the asker had before.
/// Errors: bad input; check failed.
[[nodiscard]] model::Result<VerifiedCheckpoint> verify_consistency_file(
    ConsistencyFile const& file, TreeHead const& old_head, std::span<VerifierKey const> known);

}  // namespace guarantor::ledger
