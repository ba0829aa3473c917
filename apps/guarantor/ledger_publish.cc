#include <memory>

#include "guarantor/ledger_input.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watched_run.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string lines;
  std::vector<std::string> witnesses;
};

/// Puts witnesses' lines under the checkpoint they signed.
model::Result<model::Done> add_lines(Options const& options, store::SqliteStore const& store) {
  auto const lines = read_text(options.lines);
  auto const witnesses = read_verifier_keys(options.witnesses);
  auto const folder = ledger::TileFolder::open(store.files().log());
  if (!lines.ok() || !witnesses.ok() || !folder.ok()) {
    return !lines.ok() ? lines.error() : !witnesses.ok() ? witnesses.error() : folder.error();
  }
  auto const note = folder.value().read_checkpoint();
  if (!note.ok()) {
    return note.error();
  }
  auto const cosigned = ledger::add_cosignatures(note.value(), lines.value(), witnesses.value());
  return cosigned.ok() ? folder.value().replace_checkpoint(cosigned.value()) : cosigned.error();
}

model::Result<model::Done> run(Options const& options, Session const& session) {
  WatchedRun const watched{session};
  auto const store = open_to_write(options.words);
  if (!store.ok()) {
    return store.error();
  }
  return options.lines.empty() ? store.value()->publish(watched.control())
                               : add_lines(options, *store.value());
}

}  // namespace

void add_ledger_publish(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "ledger publish",
       .does = "Bring the public folder up to date, or put witnesses' lines under its checkpoint",
       .examples = "  guarantor ledger publish coalition.db\n"
                   "  guarantor ledger publish coalition.db --cosignatures lines --witness KEY"},
      [options](Session const& session) { return run(*options, session); });
  add_writing(verb, options->words);
  verb.add_option("--cosignatures", options->lines, "What `ledger cosign` printed, of one or more")
      ->type_name("FILE");
  verb.add_option("--witness", options->witnesses, "The witness's verifier key; may be repeated")
      ->type_name("KEY")
      ->allow_extra_args(false);
}

}  // namespace guarantor::app
