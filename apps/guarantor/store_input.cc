#include "guarantor/store_input.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

constexpr char const* kKeyVariable = "GUARANTOR_KEY";
constexpr std::string_view kMagic = "SQLite format 3";

std::string user_name() {
  passwd const* const entry = ::getpwuid(::getuid());
  return entry != nullptr ? entry->pw_name : std::to_string(::getuid());
}

}  // namespace

void add_store(CLI::App& verb, StoreWords& words) {
  verb.add_option("store", words.store, "The store's file")->type_name("STORE")->required();
}

void add_writing(CLI::App& verb, StoreWords& words) {
  add_store(verb, words);
  add_signing(verb, words);
}

void add_signing(CLI::App& verb, StoreWords& words) {
  verb.add_option("--key", words.key,
                  "File of the log's signing key (default: as GUARANTOR_KEY says, or STORE-key)")
      ->type_name("FILE");
  verb.add_option("--by", words.by, "Who does this, for the record (default: the user's name)")
      ->type_name("NAME");
}

model::Result<std::unique_ptr<store::SqliteStore>> open_to_read(StoreWords const& words) {
  return store::SqliteStore::open(words.store);
}

model::Result<std::unique_ptr<store::SqliteStore>> open_to_write(StoreWords const& words) {
  auto const key = ledger::read_key_file(key_file(words));
  if (!key.ok()) {
    return key.error();
  }
  return store::SqliteStore::open(words.store, key.value());
}

std::string key_file(StoreWords const& words) {
  if (!words.key.empty()) {
    return words.key;
  }
  char const* const named = std::getenv(kKeyVariable);
  return named != nullptr && *named != '\0' ? named
                                            : store::StoreFiles{words.store}.usual_key().string();
}

store::Author author(StoreWords const& words) {
  auto const now =
      std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  return {words.by.empty() ? user_name() : words.by, now};
}

model::Result<model::Done> say_kept(store::Store& store, std::string const& receipt) {
  if (auto const printed = print(receipt); !printed.ok()) {
    return printed;
  }
  auto const published = store.publish({});
  if (published.ok()) {
    return published;
  }
  auto error = published.error();
  error.hint =
      "what was said above is kept; `guarantor ledger publish` brings the public folder up "
      "to date";
  return error;
}

bool is_store(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  std::array<char, kMagic.size()> begin{};
  return file.read(begin.data(), begin.size()) &&
         std::string_view{begin.data(), begin.size()} == kMagic;
}

}  // namespace guarantor::app
