#include <fmt/format.h>

#include <memory>

#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string next;
};

model::Result<model::Done> run(Options const& options) {
  auto const next = ledger::read_key_file(options.next);
  if (!next.ok()) {
    return next.error();
  }
  auto const store = open_to_write(options.words);
  if (!store.ok()) {
    return store.error();
  }
  auto const turned = store.value()->rotate(next.value(), author(options.words));
  if (!turned.ok()) {
    return turned;
  }
  say(fmt::format("from now on {} signs; both keys signed the change", options.next));
  return print(next.value().verifier().text() + "\n");
}

}  // namespace

void add_ledger_rotate(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "ledger rotate",
       .does = "Hand a log over to its next signing key, by a change that both keys sign",
       .examples = "  guarantor ledger rotate coalition.db --next safe/coalition-2027.key"},
      [options](Session const&) { return run(*options); });
  add_writing(verb, options->words);
  verb.add_option("--next", options->next,
                  "File of the next key, of the same name; see ledger init")
      ->type_name("FILE")
      ->required();
}

}  // namespace guarantor::app
