#pragma once

#include <chrono>
#include <filesystem>

#include "guarantor/ledger/signing_key.h"
#include "guarantor/model/error.h"

/// Where the parts of a store lie, all beside its database `F`: the log's public folder `F-log`,
/// in it the head, the lock and the first key; the signing key somewhere else.
namespace guarantor::store {

struct StoreFiles {
  std::filesystem::path database;

  [[nodiscard]] std::filesystem::path log() const { return beside("-log"); }
  [[nodiscard]] std::filesystem::path head() const { return log() / "head"; }
  [[nodiscard]] std::filesystem::path lock() const { return log() / "lock"; }
  [[nodiscard]] std::filesystem::path watch_lock() const { return log() / "watch-lock"; }
  /// The log's first verifier key as text, for strangers; who must be sure has it from elsewhere.
  [[nodiscard]] std::filesystem::path first_key() const { return log() / "first-key"; }
  /// Where the signing key is looked for unless another place is named.
  [[nodiscard]] std::filesystem::path usual_key() const { return beside("-key"); }

 private:
  [[nodiscard]] std::filesystem::path beside(char const* suffix) const {
    std::filesystem::path path = database;
    path += suffix;
    return path;
  }
};

/// Error kRefused where anything of a store of that name is there already: its database, what
/// SQLite keeps beside it, or its log's folder.
[[nodiscard]] model::Result<model::Done> check_free(StoreFiles const& files);

/// A store under the name it has until it is whole: `F.new`.
[[nodiscard]] StoreFiles unfinished(StoreFiles const& files);
/// Takes everything of that name away.
void remove_store(StoreFiles const& files);
/// Gives a store that was finished its name, for good. Error kUnwritable.
[[nodiscard]] model::Result<model::Done> put_in_place(StoreFiles const& finished,
                                                      StoreFiles const& files);
/// Makes the names in a path's folder durable.
[[nodiscard]] model::Result<model::Done> sync_parent(std::filesystem::path const& path);

/// The first verifier key as the log's folder names it. Errors: kNotFound, kBadInput.
[[nodiscard]] model::Result<ledger::VerifierKey> read_first_key(StoreFiles const& files);

/// The right to append, held by one process at a time and given back at the end of its scope, or
/// when the process dies.
class StoreLock {
 public:
  /// Waits for its turn. Error kRefused where it does not come within `patience`, kUnwritable where
  /// the lock's file cannot be opened.
  [[nodiscard]] static model::Result<StoreLock> take(StoreFiles const& files,
                                                     std::chrono::milliseconds patience);
  /// The right to make incidents of observations, which looks at more than one step: one process
  /// has it at a time, while others may append other things. Errors as `take`.
  [[nodiscard]] static model::Result<StoreLock> take_watch(StoreFiles const& files,
                                                           std::chrono::milliseconds patience);

  StoreLock(StoreLock&& other) noexcept;
  StoreLock& operator=(StoreLock&& other) = delete;
  StoreLock(StoreLock const&) = delete;
  StoreLock& operator=(StoreLock const&) = delete;
  ~StoreLock();

 private:
  explicit StoreLock(int descriptor) : descriptor_{descriptor} {}
  [[nodiscard]] static model::Result<StoreLock> take(std::filesystem::path const& file,
                                                     std::filesystem::path const& store,
                                                     std::chrono::milliseconds patience);
  int descriptor_;
};

}  // namespace guarantor::store
