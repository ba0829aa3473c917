#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "guarantor/ledger/signing_key.h"
#include "guarantor/store/sqlite_store.h"

namespace guarantor::store {

/// An empty folder with a store in it that signs with a key everybody knows; both go with it.
class TemporaryStore {
 public:
  TemporaryStore();
  TemporaryStore(TemporaryStore const&) = delete;
  TemporaryStore& operator=(TemporaryStore const&) = delete;
  ~TemporaryStore();

  [[nodiscard]] std::filesystem::path const& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "case.db"; }
  [[nodiscard]] ledger::SigningKey const& key() const { return key_; }
  /// Opened for writing, once; the test fails where it cannot be.
  [[nodiscard]] SqliteStore& store();
  /// Gives back the database, so that another may open it.
  void close() { store_.reset(); }

 private:
  std::filesystem::path folder_;
  ledger::SigningKey key_;
  std::unique_ptr<SqliteStore> store_;
};

/// The key of that number: the same number, the same key.
[[nodiscard]] ledger::SigningKey test_key(std::uint8_t number,
                                          std::string const& name = "test.example/log");

/// Somebody at a time that never changes.
[[nodiscard]] Author somebody();

/// `count` observations with keys `o-0`, `o-1`, …
[[nodiscard]] std::vector<Draft> observations(std::size_t count, std::size_t first = 0);

/// Every byte of a file.
[[nodiscard]] std::string bytes_of(std::filesystem::path const& file);
void write_bytes(std::filesystem::path const& file, std::string const& bytes);

}  // namespace guarantor::store
