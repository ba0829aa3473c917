#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/signed_note.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/ledger/tree.h"

namespace guarantor::ledger {

/// What a log's signature says (C2SP tlog-checkpoint): which log, how large, which root.
struct Checkpoint {
  std::string origin;
  TreeHead head;
  std::vector<std::string> extensions;  ///< further lines, not empty; this log writes none

  friend bool operator==(Checkpoint const&, Checkpoint const&) = default;
};

/// The body of the note: origin, size, root, each a line.
[[nodiscard]] std::string checkpoint_body(Checkpoint const& checkpoint);
/// The reverse, of a body. Errors, with the line: bad input.
[[nodiscard]] model::Result<Checkpoint> parse_checkpoint_body(std::string_view body);
/// The same of a signed note whose signatures are NOT checked. Errors as `parse_note` too.
[[nodiscard]] model::Result<Checkpoint> parse_unverified_checkpoint(std::string_view note);

/// The checkpoint as a note signed by each of the keys, several of them during a rotation.
/// Errors: bad input for an origin no line can hold, no key, or a key whose name is not the origin.
[[nodiscard]] model::Result<std::string> sign_checkpoint(Checkpoint const& checkpoint,
                                                         std::span<SigningKey const> keys);

/// A witness's statement: at that time this was the largest consistent tree it knew of the log.
struct Cosigned {
  VerifierKey witness;
  std::chrono::sys_seconds at;
};

struct VerifiedCheckpoint {
  Checkpoint checkpoint;
  std::vector<VerifierKey> signers;  ///< keys of the log
  std::vector<Cosigned> witnesses;   ///< those of `known` witnesses that cosigned
};

/// What a checkpoint says, once at least one of the log's keys has signed it and its origin is that
/// key's name. Cosignatures are checked against the keys of type kCosignature among `known`; that
/// there are enough of them is for the caller to say.
/// Errors: bad input for what is no checkpoint; check failed for a false signature of a known key,
/// or none of the log's.
[[nodiscard]] model::Result<VerifiedCheckpoint> verify_checkpoint(
    std::string_view note, std::span<VerifierKey const> known);

/// A witness's signature line for a checkpoint (C2SP tlog-cosignature, Ed25519), dated by the
/// caller. The witness must have checked consistency. Errors: bad input for what is no checkpoint,
/// a time before 1970, or a key of another type than kCosignature.
[[nodiscard]] model::Result<NoteSignature> cosign_checkpoint(std::string_view note,
                                                             SigningKey const& witness,
                                                             std::chrono::sys_seconds at);

/// The checkpoint with a witness's lines added; a line of the same witness is replaced.
/// Errors: bad input; check failed where a line is not of one of `witnesses` for this checkpoint.
[[nodiscard]] model::Result<std::string> add_cosignatures(std::string_view note,
                                                          std::string_view lines,
                                                          std::span<VerifierKey const> witnesses);

}  // namespace guarantor::ledger
