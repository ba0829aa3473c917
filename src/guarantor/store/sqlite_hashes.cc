#include "guarantor/store/sqlite_hashes.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/ledger/tile.h"
#include "guarantor/ledger/tree.h"

namespace guarantor::store {

using model::Error;
using model::ErrorKind;

model::Result<ledger::Digest> read_digest(Statement const& row, int column, std::string_view what) {
  auto const bytes = row.bytes(column);
  ledger::Digest digest;
  if (bytes.size() != digest.bytes.size()) {
    return Error{
        ErrorKind::kCheckFailed,
        fmt::format("{} has {} bytes instead of {}", what, bytes.size(), digest.bytes.size()), ""};
  }
  std::ranges::copy(bytes, digest.bytes.begin());
  return digest;
}

model::Result<std::vector<ledger::Digest>> SqliteHashes::tile(int level, std::uint64_t index,
                                                              int width) const {
  auto rows = connection_->prepare(
      level == 0 ? "SELECT position, commitment FROM entry "
                   "WHERE position >= ?1 AND position < ?1 + ?2 ORDER BY position"
                 : "SELECT number, hash FROM node WHERE level = ?3 AND number >= ?1 "
                   "AND number < ?1 + ?2 ORDER BY number");
  if (!rows.ok()) {
    return rows.error();
  }
  auto const first = static_cast<std::int64_t>(index * ledger::kTileWidth);
  rows.value().bind(1, first).bind(2, width);
  if (level > 0) {
    rows.value().bind(3, level);
  }
  std::vector<ledger::Digest> hashes;
  auto more = rows.value().step();
  for (; more.ok() && more.value(); more = rows.value().step()) {
    auto const at = first + static_cast<std::int64_t>(hashes.size());
    if (rows.value().number(0) != at) {
      break;
    }
    auto const digest = read_digest(
        rows.value(), 1, fmt::format("{} {}", level == 0 ? "the commitment of entry" : "node", at));
    if (!digest.ok()) {
      return digest.error();
    }
    hashes.push_back(level == 0 ? ledger::leaf_hash(digest.value()) : digest.value());
  }
  if (!more.ok()) {
    return more.error();
  }
  if (hashes.size() < static_cast<std::size_t>(width)) {
    return Error{ErrorKind::kNotFound,
                 fmt::format("{} {} is missing in the store", level == 0 ? "entry" : "node",
                             first + static_cast<std::int64_t>(hashes.size())),
                 ""};
  }
  return hashes;
}

}  // namespace guarantor::store
