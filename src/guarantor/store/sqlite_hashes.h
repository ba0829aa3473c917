#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "guarantor/ledger/hash_source.h"
#include "guarantor/store/sqlite.h"

namespace guarantor::store {

/// The hashes of a log as its store keeps them: leaves from the entries' commitments, the rest from
/// the table `node`.
class SqliteHashes final : public ledger::HashSource {
 public:
  explicit SqliteHashes(Connection const& connection) : connection_{&connection} {}

  [[nodiscard]] model::Result<std::vector<ledger::Digest>> tile(int level, std::uint64_t index,
                                                                int width) const override;

 private:
  Connection const* connection_;
};

/// A column that must hold 32 bytes; error kCheckFailed, naming `what`, where it does not.
[[nodiscard]] model::Result<ledger::Digest> read_digest(Statement const& row, int column,
                                                        std::string_view what);

}  // namespace guarantor::store
