#include <fmt/format.h>

#include <memory>

#include "guarantor/store/backup.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watched_run.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string folder;
  std::string store;
};

model::Result<model::Done> run(Options const& options, Session const& session) {
  WatchedRun const watched{session};
  auto const made = store::restore(options.folder, options.store, watched.control());
  if (!made.ok()) {
    return made.error();
  }
  say("the log ends where the backup was made; what was published since is not in it");
  return print(fmt::format("{} records, {} bytes, root {}\n", made.value().head.size,
                           made.value().bytes, ledger::base64(made.value().head.root)));
}

}  // namespace

void add_store_restore(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "store restore",
                         .does = "Make a new store of a backup, equal to what it was",
                         .examples = "  guarantor store restore backups/2026-11-29 -o again.db"},
                        [options](Session const& session) { return run(*options, session); });
  verb.add_option("backup", options->folder, "The backup's folder")
      ->type_name("FOLDER")
      ->required();
  verb.add_option("-o,--output", options->store, "The store to make")
      ->type_name("STORE")
      ->required();
}

}  // namespace guarantor::app
