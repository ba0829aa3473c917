#include <fmt/format.h>

#include <memory>

#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::uint64_t record{};
  std::string why;
};

model::Result<model::Done> run(Options const& options) {
  auto const store = open_to_write(options.words);
  if (!store.ok()) {
    return store.error();
  }
  auto const gone = store.value()->erase(options.record, options.why, author(options.words));
  if (!gone.ok()) {
    return gone.error();
  }
  return say_kept(*store.value(), fmt::format("record {} is erased; record {} says why\n",
                                              options.record, gone.value().first));
}

}  // namespace

void add_store_erase(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "store erase",
                .does = "Delete what a record says, and its salt, for good; that it was is kept",
                .examples = "  guarantor store erase coalition.db 1204 --why \"names a person\""},
               [options](Session const&) { return run(*options); });
  add_writing(verb, options->words);
  verb.add_option("record", options->record, "The record's place in the log")
      ->type_name("RECORD")
      ->required();
  verb.add_option("--why", options->why, "The reason, which is kept")
      ->type_name("TEXT")
      ->required();
}

}  // namespace guarantor::app
