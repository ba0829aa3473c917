#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/signing_key.h"
#include "guarantor/ledger/tree.h"
#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// From which tree on a key signs for the log.
struct KeyTerm {
  VerifierKey key;
  TreeHead from;  ///< the log as it was handed over; the empty tree for the first key

  friend bool operator==(KeyTerm const&, KeyTerm const&) = default;
};

/// The keys of a log in order, the first one trusted from elsewhere. Never empty.
using KeyChain = std::vector<KeyTerm>;

/// A link of the chain: a note of four lines (what it is, origin, "from SIZE ROOT", "key VKEY")
/// signed by the old and the new key. Errors: bad input for keys with different names, the same
/// key, or another type than kEd25519.
[[nodiscard]] model::Result<std::string> sign_rotation(TreeHead const& from,
                                                       SigningKey const& old_key,
                                                       SigningKey const& new_key);

/// The chain in a text of such notes one after the other, from the trusted first key; of an empty
/// text that key alone. Errors, with the line: bad input; check failed for a note that is not
/// signed by the key before and the key it names, for a size below the one before, a key that comes
/// twice.
[[nodiscard]] model::Result<KeyChain> verify_key_chain(std::string_view text,
                                                       VerifierKey const& first);

/// The keys that may sign a checkpoint of that size: the one whose term it falls into, and at the
/// size of a change the ones before and after.
[[nodiscard]] std::vector<VerifierKey> keys_at(KeyChain const& chain, std::uint64_t size);

/// The file `keys` of a log's folder; nothing is the empty text. Errors: a limit above 1 MB.
[[nodiscard]] model::Result<std::string> read_key_chain_file(
    std::filesystem::path const& log_folder);
/// Adds a link at its end, whole or not at all, durable. Errors: unwritable.
[[nodiscard]] model::Result<model::Done> append_key_chain_file(
    std::filesystem::path const& log_folder, std::string_view rotation);

}  // namespace guarantor::ledger
