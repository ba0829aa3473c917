#include <fmt/format.h>

#include <memory>

#include "guarantor/store/backup.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watched_run.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string folder;
};

model::Result<model::Done> run(Options const& options, Session const& session) {
  WatchedRun const watched{session};
  auto const store = open_to_read(options.words);
  if (!store.ok()) {
    return store.error();
  }
  auto const made = store::back_up(*store.value(), options.folder, watched.control());
  if (!made.ok()) {
    return made.error();
  }
  return print(fmt::format("{} records, {} bytes, root {}\n", made.value().head.size,
                           made.value().bytes, ledger::base64(made.value().head.root)));
}

}  // namespace

void add_store_backup(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "store backup",
                         .does = "Write a backup of a store while others go on writing to it",
                         .examples = "  guarantor store backup coalition.db -o backups/2026-11-29"},
                        [options](Session const& session) { return run(*options, session); });
  add_store(verb, options->words);
  verb.add_option("-o,--output", options->folder, "The folder to write; the key is not in it")
      ->type_name("FOLDER")
      ->required();
}

}  // namespace guarantor::app
