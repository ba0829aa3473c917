#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/commitment.h"
#include "guarantor/ledger/hash_source.h"
#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/run_control.h"
#include "guarantor/store/record.h"

namespace guarantor::store {

/// Who has something kept, and when. The clock is the caller's.
struct Author {
  std::string name;
  model::Instant at{};
};

/// A secret kept beside the records and out of the ledger, e.g. what a password is checked against.
/// It has the key of an account, whose last record holds its SHA-256 in hexadecimal, so that a
/// change is found and the secret can still be deleted.
struct Secret {
  std::string name;
  std::string value;
};

/// Where records are kept. One process appends at a time; others wait for their turn. Errors of
/// reading: kCheckFailed where what is read is not what was kept, kUnwritable where the disk fails.
class Store {
 public:
  Store() = default;
  Store(Store const&) = delete;
  Store& operator=(Store const&) = delete;
  virtual ~Store() = default;

  /// Keeps all drafts or none, as one step. When it returns they are on disk, in the ledger, and
  /// covered by a signed head. `secrets` are set in the same step; an empty value deletes. Errors:
  /// kBadInput for a body that is no I-JSON or a key that is no text (names the draft), kRefused
  /// for a store opened for reading, without its key, or while another process holds it for longer
  /// than it takes turns, kUnwritable for a full disk or a read-only file. O(drafts log records).
  [[nodiscard]] virtual model::Result<Receipt> append(std::span<Draft const> drafts,
                                                      Author const& author,
                                                      std::span<Secret const> secrets = {}) = 0;

  /// What is kept in one step; nothing is a step too.
  struct Step {
    std::vector<Draft> drafts;
    std::vector<Secret> secrets{};
  };
  /// What to keep, found while nobody else can keep anything: `next` is the place of the first.
  using Builder = std::function<model::Result<Step>(Position next)>;
  /// Keeps what `build` gives, so that it follows from what it read. Errors as `append`, and those
  /// of `build`. REQUIRES: `build` reads from this store alone, and keeps nothing itself.
  [[nodiscard]] virtual model::Result<Receipt> append_built(Builder const& build,
                                                            Author const& author) = 0;

  /// How many records were ever kept: the size of the ledger.
  [[nodiscard]] virtual model::Result<Position> size() const = 0;
  /// The record at a place. Error kNotFound beyond the end.
  [[nodiscard]] virtual model::Result<Record> at(Position position) const = 0;
  /// The last record of a thing before `end`, or nothing. O(log records).
  [[nodiscard]] virtual model::Result<std::optional<Record>> latest(
      RecordKind kind, std::string_view key, std::optional<Position> end = {}) const = 0;
  /// All records of a thing, oldest first.
  [[nodiscard]] virtual model::Result<std::vector<Record>> history(RecordKind kind,
                                                                   std::string_view key) const = 0;

  /// Stops the visit with false.
  using Visitor = std::function<bool(Record&&)>;
  /// The last record before `end` of each thing whose key begins with `prefix`, in order of key.
  [[nodiscard]] virtual model::Result<model::Done> each_latest(RecordKind kind,
                                                               std::string_view prefix,
                                                               std::optional<Position> end,
                                                               Visitor const& visit) const = 0;
  /// The keys that were kept with a mark, in order. O(log marks + keys).
  [[nodiscard]] virtual model::Result<std::vector<std::string>> marked(
      RecordKind kind, std::uint64_t mark) const = 0;
  /// Every mark of a kind, once, and every key of a kind, once, in order.
  [[nodiscard]] virtual model::Result<model::Done> each_mark(
      RecordKind kind, std::function<void(std::uint64_t)> const& visit) const = 0;
  [[nodiscard]] virtual model::Result<model::Done> each_key(
      RecordKind kind, std::function<void(std::string_view)> const& visit) const = 0;
  /// Every record of a kind, oldest first, from `begin` on.
  [[nodiscard]] virtual model::Result<model::Done> each(RecordKind kind, Position begin,
                                                        Visitor const& visit) const = 0;
  [[nodiscard]] virtual model::Result<std::map<RecordKind, std::uint64_t>> counts() const = 0;

  /// The secret of that name, or nothing.
  [[nodiscard]] virtual model::Result<std::optional<std::string>> secret(
      std::string_view name) const = 0;

  /// Deletes a record's payload and salt for good; that, and why, is a record of its own, kept in
  /// the same step. Error kRefused for what cannot go without taking others with it: rows and
  /// versions of scenarios may, the store's own records and erasures may not.
  [[nodiscard]] virtual model::Result<Receipt> erase(Position position, std::string_view why,
                                                     Author const& author) = 0;

  /// The ledger's hashes, for proofs; and what opens an entry's commitment, where it is not erased.
  [[nodiscard]] virtual ledger::HashSource const& hashes() const = 0;
  [[nodiscard]] virtual model::Result<ledger::Digest> commitment(Position position) const = 0;
  struct Opening {
    ledger::Salt salt{};
    std::string payload;  ///< the canonical JSON the entry commits to
  };
  [[nodiscard]] virtual model::Result<std::optional<Opening>> opening(Position position) const = 0;

  /// Brings the public folder up to date: tiles, entries, then a signed checkpoint of everything
  /// kept so far.
  [[nodiscard]] virtual model::Result<model::Done> publish(model::RunControl const& control) = 0;
};

}  // namespace guarantor::store
