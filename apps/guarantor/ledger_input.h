#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/log_verification.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/model/error.h"

/// What the verbs of the ledger are told: which log, and whom to trust.
namespace guarantor::app {

/// The folder of a log: of a store, or the folder itself.
[[nodiscard]] std::string log_folder(std::string const& path);

/// A verifier key as text or as the file that holds it. Errors: kBadInput.
[[nodiscard]] model::Result<ledger::VerifierKey> read_verifier_key(std::string const& word);
[[nodiscard]] model::Result<std::vector<ledger::VerifierKey>> read_verifier_keys(
    std::vector<std::string> const& words);

/// The key to begin with: the one named, else the one the folder names, which is said aloud.
[[nodiscard]] model::Result<ledger::VerifierKey> first_key(std::string const& named,
                                                           std::string const& folder);

/// The keys that may sign this checkpoint: by the log's own chain of keys, the file `keys` of its
/// folder, from the first one on; the first one alone where no file is named. Errors: kBadInput,
/// kCheckFailed for a chain that does not hold.
[[nodiscard]] model::Result<std::vector<ledger::VerifierKey>> keys_of_checkpoint(
    ledger::VerifierKey const& first, std::string const& keys_file, std::string_view checkpoint);

/// What is wrong with a log, and where, in a line.
[[nodiscard]] std::string describe(ledger::LogFinding const& found);

/// A text file of a few lines. Errors: kNotFound, kLimit.
[[nodiscard]] model::Result<std::string> read_text(std::string const& name);
/// To a file, whole or not at all, or to standard output where none is named.
[[nodiscard]] model::Result<model::Done> write_text(std::string const& file,
                                                    std::string const& text);

}  // namespace guarantor::app
