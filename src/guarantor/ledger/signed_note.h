#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/signing_key.h"
#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// One signature line of a note; nothing is known of it until it has been verified.
struct NoteSignature {
  std::string key_name;
  std::uint32_t key_id{};
  std::string signature;  ///< the bytes after the key id

  friend bool operator==(NoteSignature const&, NoteSignature const&) = default;
};

/// A text and who signed it (C2SP signed-note).
struct SignedNote {
  std::string text;  ///< ends in a line feed
  std::vector<NoteSignature> signatures;

  friend bool operator==(SignedNote const&, SignedNote const&) = default;
};

struct NoteLimits {
  std::size_t most_bytes = 1'000'000;
  std::size_t most_signatures = 100;
};

/// The note's parts; signatures are not checked. Every note it takes is the text `note_text`
/// writes. Errors, with the line: bad input for what is no note; a limit for one passed.
[[nodiscard]] model::Result<SignedNote> parse_note(std::string_view note, NoteLimits limits = {});

/// The note as text. REQUIRES: a text and signatures as `parse_note` would take them.
[[nodiscard]] std::string note_text(SignedNote const& note);
/// One signature line, ending in a line feed.
[[nodiscard]] std::string signature_line(NoteSignature const& signature);
/// The reverse, without the line feed. Errors: bad input.
[[nodiscard]] model::Result<NoteSignature> parse_signature_line(std::string_view line);

/// The key's signature of the text. Errors: bad input for a text no note may have, or a key of
/// another type than kEd25519 (`cosign_checkpoint` is theirs).
[[nodiscard]] model::Result<NoteSignature> sign_note(std::string_view text, SigningKey const& key);

/// Which of the keys signed, in the order of `known`. Signatures of unknown keys are passed over.
/// Errors: check failed where none did, or where one that bears a known key's name and id is false.
[[nodiscard]] model::Result<std::vector<VerifierKey>> verify_note(
    SignedNote const& note, std::span<VerifierKey const> known);

}  // namespace guarantor::ledger
