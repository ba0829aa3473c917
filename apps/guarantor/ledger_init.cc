#include <fmt/format.h>

#include <memory>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string file;
  std::string origin;
  bool witness{false};
};

model::Result<model::Done> run(Options const& options) {
  auto const key = ledger::SigningKey::make(
      options.origin, ledger::draw_random_bytes(),
      options.witness ? ledger::SignatureType::kCosignature : ledger::SignatureType::kEd25519);
  if (!key.ok()) {
    return key.error();
  }
  auto const written = ledger::write_key_file(options.file, key.value());
  return written.ok() ? print(key.value().verifier().text() + "\n") : written;
}

}  // namespace

void add_ledger_init(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "ledger init",
       .does = "Make a signing key, of a log or of a witness, and print what it is verified with",
       .examples =
           "  guarantor ledger init safe/coalition.key --origin guarantor.example/coalition\n"
           "  guarantor ledger init witness.key --origin witness.example --witness"},
      [options](Session const&) { return run(*options); });
  verb.add_option("file", options->file, "The key's file; nobody else may read it")
      ->type_name("FILE")
      ->required();
  verb.add_option("--origin", options->origin, "The name of the log, or of the witness")
      ->type_name("NAME")
      ->required();
  verb.add_flag("--witness", options->witness, "The key cosigns checkpoints of others");
}

}  // namespace guarantor::app
