#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "guarantor/ledger/signing_key.h"
#include "guarantor/model/error.h"
#include "guarantor/store/sqlite_store.h"

namespace guarantor::serve {

/// The one way to the store: a connection that writes, one thread at a time, and several that read
/// beside it. A function must not ask the gate again.
class StoreGate {
 public:
  /// Errors: those of `SqliteStore::open`.
  [[nodiscard]] static model::Result<std::unique_ptr<StoreGate>> open(
      std::filesystem::path const& file, ledger::SigningKey const& key, std::size_t readers = 3);

  /// Calls `work(store)` with a connection for reading; what is kept meanwhile may or may not be
  /// seen.
  template <class Work>
  auto read(Work&& work) const {
    Borrowed const borrowed{*this};
    return std::forward<Work>(work)(borrowed.store());
  }

  /// Calls `work(store)` with the connection that writes, and then whoever waits for `on_kept`.
  template <class Work>
  auto write(Work&& work) {
    std::unique_lock lock{writing_};
    auto result = std::forward<Work>(work)(*writer_);
    lock.unlock();
    if (kept_) {
      kept_();
    }
    return result;
  }

  /// Called after each `write`, on its thread. REQUIRES: set before others use the gate.
  void on_kept(std::function<void()> kept) { kept_ = std::move(kept); }

  [[nodiscard]] std::filesystem::path const& file() const { return file_; }

 private:
  class Borrowed {
   public:
    explicit Borrowed(StoreGate const& gate);
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;
    ~Borrowed();
    [[nodiscard]] store::SqliteStore const& store() const { return *store_; }

   private:
    StoreGate const& gate_;
    std::unique_ptr<store::SqliteStore> store_;
  };

  StoreGate() = default;

  std::filesystem::path file_;
  std::mutex writing_;
  std::unique_ptr<store::SqliteStore> writer_;
  std::function<void()> kept_;
  mutable std::mutex reading_;
  mutable std::condition_variable freed_;
  mutable std::vector<std::unique_ptr<store::SqliteStore>> free_;
};

}  // namespace guarantor::serve
