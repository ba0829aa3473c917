#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "guarantor/ledger/proof_file.h"
#include "guarantor/ledger_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string proof;
  std::string since;
  std::string key;
  std::string keys;
  std::string witness;
};

/// The checkpoint in a proof that the log only grew since the one this witness knows; the first
/// time there is none, and the proof is from nothing.
model::Result<std::string> checked_checkpoint(Options const& options,
                                              ledger::VerifierKey const& log) {
  auto const text = read_text(options.proof);
  if (!text.ok()) {
    return text;
  }
  auto const file = ledger::parse_consistency_file(text.value());
  if (!file.ok()) {
    return file.error();
  }
  ledger::TreeHead known{0, ledger::empty_root()};
  if (!options.since.empty()) {
    auto const before = read_text(options.since);
    if (!before.ok()) {
      return before;
    }
    auto const keys = keys_of_checkpoint(log, options.keys, before.value());
    auto const earlier =
        keys.ok() ? ledger::verify_checkpoint(before.value(), keys.value()) : keys.error();
    if (!earlier.ok()) {
      return earlier.error();
    }
    known = earlier.value().checkpoint.head;
  }
  auto const keys = keys_of_checkpoint(log, options.keys, file.value().checkpoint);
  auto const grown =
      keys.ok() ? ledger::verify_consistency_file(file.value(), known, keys.value()) : keys.error();
  return grown.ok() ? model::Result<std::string>{file.value().checkpoint} : grown.error();
}

model::Result<model::Done> run(Options const& options) {
  auto const log = read_verifier_key(options.key);
  auto const witness = ledger::read_key_file(options.witness);
  if (!log.ok() || !witness.ok()) {
    return log.ok() ? witness.error() : log.error();
  }
  auto const note = checked_checkpoint(options, log.value());
  if (!note.ok()) {
    return note.error();
  }
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto const line = ledger::cosign_checkpoint(note.value(), witness.value(), now);
  return line.ok() ? print(ledger::signature_line(line.value())) : line.error();
}

}  // namespace

void add_ledger_cosign(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "ledger cosign",
       .does = "As a witness: check that a log only grew, and print the line that says so",
       .examples = "  guarantor ledger cosign growth.proof --since checkpoint-of-may --key KEY "
                   "--witness witness.key"},
      [options](Session const&) { return run(*options); });
  verb.add_option("proof", options->proof, "What `ledger prove --since` gave")
      ->type_name("FILE")
      ->required();
  verb.add_option("--since", options->since, "The last checkpoint this witness signed, if any")
      ->type_name("FILE");
  verb.add_option("--key", options->key, "The log's verifier key, as text or in a file")
      ->type_name("KEY")
      ->required();
  verb.add_option("--keys", options->keys,
                  "The file `keys` of the log's folder, where its keys have changed since")
      ->type_name("FILE");
  verb.add_option("--witness", options->witness, "File of the witness's signing key")
      ->type_name("FILE")
      ->required();
}

}  // namespace guarantor::app
