#include "guarantor/store/sqlite_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "guarantor/ledger/commitment.h"
#include "guarantor/store/envelope.h"
#include "guarantor/store/sqlite_hashes.h"

namespace guarantor::store {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr int kKind = 1;
constexpr int kKey = 2;
constexpr int kAt = 3;
constexpr int kSalt = 5;
constexpr int kPayload = 6;

Error altered(Position position, std::string_view how) {
  return {ErrorKind::kCheckFailed, fmt::format("record {} was altered: {}", position, how),
          "`guarantor store check` looks at all of them"};
}

}  // namespace

Result<Record> read_entry(Statement const& row) {
  auto const position = static_cast<Position>(row.number(0));
  auto const kind = row.number(kKind);
  if (kind < 0 || kind >= static_cast<std::int64_t>(model::kWords<RecordKind>.size())) {
    return altered(position, "its kind is none");
  }
  model::Instant const at{std::chrono::microseconds{row.number(kAt)}};
  Record erased{.position = position,
                .kind = static_cast<RecordKind>(kind),
                .key = row.text(kKey),
                .at = at,
                .erased = true};
  if (row.is_null(kPayload) && row.is_null(kSalt)) {
    return erased;
  }
  auto const bytes = row.bytes(kSalt);
  ledger::Salt salt{};
  if (bytes.size() != salt.size()) {
    return altered(position, "its salt is not whole");
  }
  std::ranges::copy(bytes, salt.begin());
  auto const kept =
      read_digest(row, kCommitmentColumn, fmt::format("the commitment of {}", position));
  if (!kept.ok()) {
    return kept.error();
  }
  std::string const payload = row.text(kPayload);
  if (ledger::commitment(salt, payload) != kept.value()) {
    return altered(position, "it is not what its entry of the ledger commits to");
  }
  auto record = read_envelope(payload);
  if (!record.ok()) {
    return altered(position, record.error().message);
  }
  if (record.value().kind != erased.kind || record.value().key != erased.key ||
      record.value().at != erased.at) {
    return altered(position, "its kind, key or time in the table is not that of the record");
  }
  record.value().position = position;
  return record;
}

}  // namespace guarantor::store
