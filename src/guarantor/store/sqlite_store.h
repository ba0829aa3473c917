#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "guarantor/ledger/head.h"
#include "guarantor/ledger/key_chain.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/ledger/tree.h"
#include "guarantor/store/sqlite.h"
#include "guarantor/store/sqlite_hashes.h"
#include "guarantor/store/store.h"
#include "guarantor/store/store_files.h"

namespace guarantor::store {

/// How a store stands to what was acknowledged of it.
struct HeadState {
  ledger::TreeHead kept;          ///< what the database holds
  ledger::TreeHead acknowledged;  ///< what the head says was acknowledged
  bool damaged_slot{};            ///< a crash tore a write, or somebody changed it
};

/// A store in one SQLite file, with its log's folder beside it (`StoreFiles`). Write-ahead log,
/// every acknowledged step synced. Not for several threads at once; several processes take turns.
class SqliteStore final : public Store {
 public:
  /// Begins a store whose log has the key's name as its origin. Its first record says so. It
  /// appears whole or not at all. Errors: kRefused where something of the name is there already,
  /// kUnwritable.
  [[nodiscard]] static model::Result<model::Done> create(std::filesystem::path const& file,
                                                         ledger::SigningKey const& key,
                                                         Author const& author);

  /// Opens for reading. Errors: kNotFound; kBadInput where it is no store; kRefused for another
  /// layout; kCheckFailed where acknowledged records are gone, which the message counts.
  [[nodiscard]] static model::Result<std::unique_ptr<SqliteStore>> open(
      std::filesystem::path const& file);

  /// Opens for writing too: brings an older layout forward, and mends the head after a crash.
  /// Errors also: kRefused where the key is not the one that signs this log now.
  [[nodiscard]] static model::Result<std::unique_ptr<SqliteStore>> open(
      std::filesystem::path const& file, ledger::SigningKey const& key);

  [[nodiscard]] model::Result<Receipt> append(std::span<Draft const> drafts, Author const& author,
                                              std::span<Secret const> secrets = {}) override;
  [[nodiscard]] model::Result<Receipt> append_built(Builder const& build,
                                                    Author const& author) override;
  [[nodiscard]] model::Result<Position> size() const override;
  [[nodiscard]] model::Result<Record> at(Position position) const override;
  [[nodiscard]] model::Result<std::optional<Record>> latest(
      RecordKind kind, std::string_view key, std::optional<Position> end = {}) const override;
  [[nodiscard]] model::Result<std::vector<Record>> history(RecordKind kind,
                                                           std::string_view key) const override;
  [[nodiscard]] model::Result<model::Done> each_latest(RecordKind kind, std::string_view prefix,
                                                       std::optional<Position> end,
                                                       Visitor const& visit) const override;
  [[nodiscard]] model::Result<std::vector<std::string>> marked(RecordKind kind,
                                                               std::uint64_t mark) const override;
  [[nodiscard]] model::Result<model::Done> each_mark(
      RecordKind kind, std::function<void(std::uint64_t)> const& visit) const override;
  [[nodiscard]] model::Result<model::Done> each_key(
      RecordKind kind, std::function<void(std::string_view)> const& visit) const override;
  [[nodiscard]] model::Result<model::Done> each(RecordKind kind, Position begin,
                                                Visitor const& visit) const override;
  [[nodiscard]] model::Result<std::map<RecordKind, std::uint64_t>> counts() const override;
  [[nodiscard]] model::Result<std::optional<std::string>> secret(
      std::string_view name) const override;
  [[nodiscard]] model::Result<Receipt> erase(Position position, std::string_view why,
                                             Author const& author) override;
  [[nodiscard]] ledger::HashSource const& hashes() const override { return hashes_; }
  [[nodiscard]] model::Result<ledger::Digest> commitment(Position position) const override;
  [[nodiscard]] model::Result<std::optional<Opening>> opening(Position position) const override;
  [[nodiscard]] model::Result<model::Done> publish(model::RunControl const& control) override;

  [[nodiscard]] StoreFiles const& files() const { return files_; }
  /// Holds the store still for a short while, e.g. to copy its log. Errors as `StoreLock::take`.
  [[nodiscard]] model::Result<StoreLock> hold() const { return StoreLock::take(files_, kPatience); }
  /// The keys that sign this log, from the first one on. Errors as `ledger::verify_key_chain`.
  [[nodiscard]] model::Result<ledger::KeyChain> key_chain() const;
  [[nodiscard]] Connection const& connection() const { return connection_; }
  /// The commitments of records [from, to). Error kCheckFailed where some are missing.
  [[nodiscard]] model::Result<std::vector<ledger::Digest>> commitments(Position from,
                                                                       Position to) const;
  /// Opens for reading without holding it against its head, so that what is wrong with a store can
  /// be looked for. Errors as `open`, but for kCheckFailed of what is gone.
  [[nodiscard]] static model::Result<std::unique_ptr<SqliteStore>> open_unchecked(
      std::filesystem::path const& file);
  /// The tree as the database keeps it. Error kCheckFailed where it says none.
  [[nodiscard]] model::Result<ledger::Frontier> frontier() const;
  /// Errors: kCheckFailed where what was acknowledged is not what is kept.
  [[nodiscard]] model::Result<HeadState> head_state() const;
  /// From now on this key signs. The change is a record, a link of the key chain, and a checkpoint
  /// that both keys sign. Errors as `append`; kBadInput for a key of another name.
  [[nodiscard]] model::Result<model::Done> rotate(ledger::SigningKey const& next,
                                                  Author const& author);

 private:
  /// How long others may write before an append gives up.
  static constexpr std::chrono::milliseconds kPatience{10'000};

  SqliteStore(StoreFiles files, Connection connection, std::optional<ledger::SigningKey> key);

  [[nodiscard]] static model::Result<std::unique_ptr<SqliteStore>> open(
      std::filesystem::path const& file, std::optional<ledger::SigningKey> key);
  [[nodiscard]] static model::Result<std::unique_ptr<SqliteStore>> open_unchecked(
      std::filesystem::path const& file, std::optional<ledger::SigningKey> key);
  [[nodiscard]] model::Result<model::Done> visit_rows(Statement& statement,
                                                      Visitor const& visit) const;
  /// What the head says, once it is held against what is kept.
  [[nodiscard]] model::Result<ledger::TreeHead> check_head(ledger::HeadReading const& reading,
                                                           ledger::Frontier const& kept) const;
  [[nodiscard]] model::Result<model::Done> mend_head();
  /// Error kRefused where another key signs this log by now. REQUIRES: a key.
  [[nodiscard]] model::Result<model::Done> check_key() const;
  [[nodiscard]] model::Result<model::Done> check_erasable(Record const& record) const;
  /// Brings the write-ahead log into the file and leaves nothing of it. Error kRefused where
  /// another process reads what was before.
  [[nodiscard]] model::Result<model::Done> empty_write_ahead_log() const;
  /// One step: a lock, a transaction, a head; `work` runs between the first two and the third.
  using Work = std::function<model::Result<model::Done>(ledger::Frontier&)>;
  [[nodiscard]] model::Result<Receipt> in_one_step(Work const& work);
  [[nodiscard]] model::Result<model::Done> commit(Work const& work, ledger::Frontier& frontier);
  [[nodiscard]] model::Result<model::Done> prepare_inserts();
  [[nodiscard]] model::Result<model::Done> set(Secret const& secret);
  [[nodiscard]] model::Result<model::Done> keep(std::span<Draft const> drafts,
                                                std::span<Secret const> secrets,
                                                Author const& author, ledger::Frontier& frontier);
  [[nodiscard]] model::Result<model::Done> insert(Draft const& draft, Author const& author,
                                                  ledger::Frontier& frontier);
  [[nodiscard]] model::Result<model::Done> acknowledge(ledger::TreeHead const& head,
                                                       ledger::HeadFile& file);
  [[nodiscard]] model::Result<model::Done> publish_locked(
      std::span<ledger::SigningKey const> signers, model::RunControl const& control);

  StoreFiles files_;
  Connection connection_;
  std::optional<ledger::SigningKey> key_;
  SqliteHashes hashes_;
  std::optional<Statement> insert_entry_;
  std::optional<Statement> insert_node_;
  std::optional<Statement> insert_mark_;
  std::optional<Statement> update_log_;
};

}  // namespace guarantor::store
