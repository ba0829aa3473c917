#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/store/sqlite_entry.h"
#include "guarantor/store/sqlite_store.h"

/// What a SQLite store answers. Every payload is held against its commitment as it is read.
namespace guarantor::store {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

std::string select(std::string_view rest) {
  return fmt::format("SELECT {} FROM entry {}", kEntryColumns, rest);
}

/// The least text that is greater than every text that begins with `prefix`; nothing for no bound.
std::optional<std::string> after(std::string_view prefix) {
  std::string bound{prefix};
  while (!bound.empty() && static_cast<unsigned char>(bound.back()) == 0xff) {
    bound.pop_back();
  }
  if (bound.empty()) {
    return std::nullopt;
  }
  bound.back() = static_cast<char>(static_cast<unsigned char>(bound.back()) + 1);
  return bound;
}

std::int64_t signed_of(std::optional<Position> end) {
  return end ? static_cast<std::int64_t>(*end) : static_cast<std::int64_t>(ledger::kMostEntries);
}

/// Every row of a query that reads no records.
template <class Visit>
Result<Done> visit_all(Statement& statement, Visit const& visit) {
  for (;;) {
    auto const more = statement.step();
    if (!more.ok()) {
      return more.error();
    }
    if (!more.value()) {
      return Done{};
    }
    visit(statement);
  }
}

}  // namespace

Result<Position> SqliteStore::size() const {
  auto const now = frontier();
  if (!now.ok()) {
    return now.error();
  }
  return now.value().size();
}

Result<ledger::Frontier> SqliteStore::frontier() const {
  auto statement = connection_.prepare("SELECT size, frontier FROM log WHERE one = 1");
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value().step();
  if (!row.ok()) {
    return row.error();
  }
  if (!row.value()) {
    return Error{ErrorKind::kCheckFailed, "the store's log row is missing", "restore a backup"};
  }
  auto frontier = ledger::Frontier::parse(statement.value().text(1));
  if (!frontier.ok() ||
      frontier.value().size() != static_cast<std::uint64_t>(statement.value().number(0))) {
    return Error{ErrorKind::kCheckFailed, "the store's log row was altered", "restore a backup"};
  }
  return frontier;
}

Result<Record> SqliteStore::at(Position position) const {
  auto statement = connection_.prepare(select("WHERE position = ?1"));
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value().bind(1, static_cast<std::int64_t>(position)).step();
  if (!row.ok()) {
    return row.error();
  }
  if (row.value()) {
    return read_entry(statement.value());
  }
  auto const end = size();
  if (!end.ok()) {
    return end.error();
  }
  if (position < end.value()) {
    return Error{ErrorKind::kCheckFailed, fmt::format("record {} is missing", position),
                 "restore a backup"};
  }
  return Error{ErrorKind::kNotFound, fmt::format("there is no record {}", position),
               fmt::format("the store has {}", end.value())};
}

Result<std::optional<Record>> SqliteStore::latest(RecordKind kind, std::string_view key,
                                                  std::optional<Position> end) const {
  auto statement = connection_.prepare(
      select("WHERE kind = ?1 AND key = ?2 AND position < ?3 ORDER BY position DESC LIMIT 1"));
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value()
                       .bind(1, static_cast<std::int64_t>(kind))
                       .bind(2, key)
                       .bind(3, signed_of(end))
                       .step();
  if (!row.ok()) {
    return row.error();
  }
  if (!row.value()) {
    return std::optional<Record>{};
  }
  auto record = read_entry(statement.value());
  if (!record.ok()) {
    return record.error();
  }
  return std::optional{std::move(record).value()};
}

/// Runs a query of records to its end, or until the visitor has enough.
Result<Done> SqliteStore::visit_rows(Statement& statement, Visitor const& visit) const {
  for (;;) {
    auto const more = statement.step();
    if (!more.ok()) {
      return more.error();
    }
    if (!more.value()) {
      return Done{};
    }
    auto record = read_entry(statement);
    if (!record.ok()) {
      return record.error();
    }
    if (!visit(std::move(record).value())) {
      return Done{};
    }
  }
}

Result<std::vector<Record>> SqliteStore::history(RecordKind kind, std::string_view key) const {
  auto statement = connection_.prepare(select("WHERE kind = ?1 AND key = ?2 ORDER BY position"));
  if (!statement.ok()) {
    return statement.error();
  }
  statement.value().bind(1, static_cast<std::int64_t>(kind)).bind(2, key);
  std::vector<Record> records;
  auto const visited = visit_rows(statement.value(), [&](Record&& record) {
    records.push_back(std::move(record));
    return true;
  });
  if (!visited.ok()) {
    return visited.error();
  }
  return records;
}

Result<Done> SqliteStore::each_latest(RecordKind kind, std::string_view prefix,
                                      std::optional<Position> end, Visitor const& visit) const {
  auto const bound = after(prefix);
  auto statement = connection_.prepare(fmt::format(
      "SELECT {} FROM (SELECT max(position) AS last FROM entry WHERE kind = ?1 AND key >= ?2 "
      "AND position < ?3{} GROUP BY key ORDER BY key) JOIN entry ON entry.position = last "
      "ORDER BY entry.key",
      kEntryColumns, bound ? " AND key < ?4" : ""));
  if (!statement.ok()) {
    return statement.error();
  }
  statement.value()
      .bind(1, static_cast<std::int64_t>(kind))
      .bind(2, prefix)
      .bind(3, signed_of(end));
  if (bound) {
    statement.value().bind(4, *bound);
  }
  return visit_rows(statement.value(), visit);
}

Result<std::vector<std::string>> SqliteStore::marked(RecordKind kind, std::uint64_t mark) const {
  auto statement =
      connection_.prepare("SELECT key FROM mark WHERE kind = ?1 AND mark = ?2 ORDER BY key");
  if (!statement.ok()) {
    return statement.error();
  }
  statement.value()
      .bind(1, static_cast<std::int64_t>(kind))
      .bind(2, static_cast<std::int64_t>(mark));
  std::vector<std::string> keys;
  auto const visited =
      visit_all(statement.value(), [&](Statement const& row) { keys.emplace_back(row.text(0)); });
  if (!visited.ok()) {
    return visited.error();
  }
  return keys;
}

Result<Done> SqliteStore::each_mark(RecordKind kind,
                                    std::function<void(std::uint64_t)> const& visit) const {
  auto statement = connection_.prepare("SELECT DISTINCT mark FROM mark WHERE kind = ?1");
  if (!statement.ok()) {
    return statement.error();
  }
  statement.value().bind(1, static_cast<std::int64_t>(kind));
  return visit_all(statement.value(),
                   [&](Statement const& row) { visit(static_cast<std::uint64_t>(row.number(0))); });
}

Result<Done> SqliteStore::each_key(RecordKind kind,
                                   std::function<void(std::string_view)> const& visit) const {
  auto statement = connection_.prepare("SELECT DISTINCT key FROM entry WHERE kind = ?1");
  if (!statement.ok()) {
    return statement.error();
  }
  statement.value().bind(1, static_cast<std::int64_t>(kind));
  return visit_all(statement.value(), [&](Statement const& row) { visit(row.text(0)); });
}

Result<Done> SqliteStore::each(RecordKind kind, Position begin, Visitor const& visit) const {
  // The unary plus keeps SQLite from an index that is not in order of position.
  auto statement =
      connection_.prepare(select("WHERE +kind = ?1 AND position >= ?2 ORDER BY position"));
  if (!statement.ok()) {
    return statement.error();
  }
  statement.value()
      .bind(1, static_cast<std::int64_t>(kind))
      .bind(2, static_cast<std::int64_t>(begin));
  return visit_rows(statement.value(), visit);
}

Result<std::map<RecordKind, std::uint64_t>> SqliteStore::counts() const {
  auto statement = connection_.prepare("SELECT kind, count(*) FROM entry GROUP BY kind");
  if (!statement.ok()) {
    return statement.error();
  }
  std::map<RecordKind, std::uint64_t> counts;
  for (;;) {
    auto const more = statement.value().step();
    if (!more.ok()) {
      return more.error();
    }
    if (!more.value()) {
      return counts;
    }
    auto const kind = statement.value().number(0);
    if (kind < 0 || kind >= static_cast<std::int64_t>(model::kWords<RecordKind>.size())) {
      return Error{ErrorKind::kCheckFailed,
                   fmt::format("records of a kind {}, which is none", kind),
                   "`guarantor store check` says which"};
    }
    counts[static_cast<RecordKind>(kind)] = static_cast<std::uint64_t>(statement.value().number(1));
  }
}

Result<std::optional<std::string>> SqliteStore::secret(std::string_view name) const {
  auto statement = connection_.prepare("SELECT value FROM secret WHERE name = ?1");
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value().bind(1, name).step();
  if (!row.ok()) {
    return row.error();
  }
  return row.value() ? std::optional{statement.value().text(0)} : std::nullopt;
}

Result<ledger::Digest> SqliteStore::commitment(Position position) const {
  auto statement = connection_.prepare("SELECT commitment FROM entry WHERE position = ?1");
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value().bind(1, static_cast<std::int64_t>(position)).step();
  if (!row.ok()) {
    return row.error();
  }
  if (!row.value()) {
    return Error{ErrorKind::kNotFound, fmt::format("there is no record {}", position), ""};
  }
  return read_digest(statement.value(), 0, fmt::format("the commitment of {}", position));
}

Result<std::optional<Store::Opening>> SqliteStore::opening(Position position) const {
  auto statement = connection_.prepare("SELECT salt, payload FROM entry WHERE position = ?1");
  if (!statement.ok()) {
    return statement.error();
  }
  auto const row = statement.value().bind(1, static_cast<std::int64_t>(position)).step();
  if (!row.ok()) {
    return row.error();
  }
  if (!row.value() || statement.value().is_null(1)) {
    return std::optional<Opening>{};
  }
  Opening opening;
  auto const bytes = statement.value().bytes(0);
  if (bytes.size() != opening.salt.size()) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("record {} was altered: its salt is not whole", position), ""};
  }
  std::ranges::copy(bytes, opening.salt.begin());
  opening.payload = statement.value().text(1);
  return std::optional{std::move(opening)};
}

}  // namespace guarantor::store
