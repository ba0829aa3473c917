#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string origin;
};

/// The key in its file, or a new one put there.
model::Result<ledger::SigningKey> read_or_make_key(std::string const& file,
                                                   std::string const& origin) {
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    auto key = ledger::read_key_file(file);
    if (key.ok() && !origin.empty() && key.value().name() != origin) {
      return model::Error{
          model::ErrorKind::kBadInput,
          fmt::format("{}: a key of `{}`, not of `{}`", file, key.value().name(), origin),
          "a log has the name of its key"};
    }
    return key;
  }
  auto key = ledger::SigningKey::make(origin.empty() ? "guarantor.example/log" : origin,
                                      ledger::draw_random_bytes());
  if (!key.ok()) {
    return key;
  }
  auto const written = ledger::write_key_file(file, key.value());
  return written.ok() ? key : written.error();
}

model::Result<model::Done> run(Options const& options) {
  auto const free = store::check_free(store::StoreFiles{options.words.store});
  if (!free.ok()) {
    return free;
  }
  std::string const file = key_file(options.words);
  auto const key = read_or_make_key(file, options.origin);
  if (!key.ok()) {
    return key.error();
  }
  auto const made =
      store::SqliteStore::create(options.words.store, key.value(), author(options.words));
  if (!made.ok()) {
    return made;
  }
  say(fmt::format("{} signs this log: keep it, and keep it elsewhere", file));
  return print(key.value().verifier().text() + "\n");
}

}  // namespace

void add_store_init(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "store init",
       .does = "Begin a store and its log, and print the key it is verified with",
       .examples = "  guarantor store init coalition.db --origin guarantor.example/coalition\n"
                   "  guarantor store init coalition.db --key /media/safe/coalition.key"},
      [options](Session const&) { return run(*options); });
  add_writing(verb, options->words);
  verb.add_option("--origin", options->origin,
                  "The log's name for good, for strangers too, e.g. a domain and a word (default: "
                  "that of the key, or guarantor.example/log)")
      ->type_name("NAME");
}

}  // namespace guarantor::app
