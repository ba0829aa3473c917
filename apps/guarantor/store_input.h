#pragma once

#include <memory>
#include <string>

#include "guarantor/command_line.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/store/sqlite_store.h"

/// How the verbs that keep something name a store, its key, and who keeps it.
namespace guarantor::app {

struct StoreWords {
  std::string store;
  std::string key;  ///< file of the signing key; empty: beside the store
  std::string by;   ///< empty: who runs the program
};

void add_store(CLI::App& verb, StoreWords& words);
/// The log's key, and who writes.
void add_signing(CLI::App& verb, StoreWords& words);
/// The store, and what writing needs beside it.
void add_writing(CLI::App& verb, StoreWords& words);

[[nodiscard]] model::Result<std::unique_ptr<store::SqliteStore>> open_to_read(
    StoreWords const& words);
[[nodiscard]] model::Result<std::unique_ptr<store::SqliteStore>> open_to_write(
    StoreWords const& words);

/// The file of the signing key: as named, as the environment names it, or beside the store.
[[nodiscard]] std::string key_file(StoreWords const& words);

/// Prints what was kept and brings the public folder up to date. Where that fails, the error says
/// that the records are kept all the same.
[[nodiscard]] model::Result<model::Done> say_kept(store::Store& store, std::string const& receipt);

/// Who is at it, now.
[[nodiscard]] store::Author author(StoreWords const& words);

/// Whether a path is that of a database file, by how the file begins.
[[nodiscard]] bool is_store(std::string const& path);

}  // namespace guarantor::app
