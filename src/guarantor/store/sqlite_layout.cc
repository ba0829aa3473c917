#include "guarantor/store/sqlite_layout.h"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace guarantor::store {
namespace {

using model::Error;
using model::ErrorKind;

/// "GRNT", so that `file` and we know a store from any other database.
constexpr std::int64_t kApplication = 0x47524e54;

/// An entry's payload and salt are null once it is erased; nothing else of it ever changes. `node`
/// holds the root of each complete subtree of 256, 65,536, ... leaves; the leaves' own hashes
/// follow from the commitments. `log` is one row: the peaks of the tree as it is now.
constexpr std::string_view kLayout1 = R"(
CREATE TABLE entry (
  position INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  commitment BLOB NOT NULL,
  salt BLOB,
  payload BLOB
) STRICT;
CREATE INDEX entry_by_key ON entry (kind, key, position);
CREATE TABLE node (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE log (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL
) STRICT;
)";

constexpr std::string_view kLayout2 = R"(
CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)";

/// Which things were kept with which number. It is an aid to find them: what is found is read from
/// the entries, and held against the log.
constexpr std::string_view kLayout3 = R"(
CREATE TABLE mark (
  kind INTEGER NOT NULL,
  mark INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (kind, mark, key)
) STRICT, WITHOUT ROWID;
)";

/// No table changes: a program that knows no site plans must not read a store with some.
constexpr std::string_view kLayout4{};

constexpr std::array<Migration, 4> kMigrations{{
    {1, "records, their ledger and its tree", kLayout1},
    {2, "secrets beside the records, for accounts", kLayout2},
    {3, "marks by which things are found, for incidents", kLayout3},
    {4, "site plans", kLayout4},
}};

model::Result<std::int64_t> layout_of(Connection const& connection, std::string const& file) {
  auto const layout = connection.number("PRAGMA user_version");
  auto const application = connection.number("PRAGMA application_id");
  auto const tables = connection.number("SELECT count(*) FROM sqlite_schema");
  for (auto const* answer : {&layout, &application, &tables}) {
    if (!answer->ok()) {
      return answer->error();
    }
  }
  if (tables.value() == 0 && application.value() == 0 && layout.value() == 0) {
    return 0;
  }
  if (application.value() != kApplication) {
    return Error{ErrorKind::kBadInput, fmt::format("{}: a database, but no store", file),
                 "`guarantor store init` begins one in a new file"};
  }
  if (layout.value() > kLayout) {
    return Error{ErrorKind::kRefused,
                 fmt::format("{}: written by a newer program (layout {}, this one knows {})", file,
                             layout.value(), kLayout),
                 "use that program; nothing was changed"};
  }
  return layout;
}

Error empty_file(std::string const& file) {
  return {ErrorKind::kBadInput, fmt::format("{}: an empty file, no store", file),
          "`guarantor store init` begins one under a name that is free"};
}

}  // namespace

std::span<Migration const> migrations() {
  return kMigrations;
}

model::Result<std::vector<LayoutObject>> expected_objects() {
  auto memory = Connection::open(":memory:", OpenMode::kCreate);
  if (!memory.ok()) {
    return memory.error();
  }
  if (auto const made = migrate(memory.value(), ":memory:", Migrating::kNewFile); !made.ok()) {
    return made.error();
  }
  auto rows = memory.value().prepare("SELECT name, coalesce(sql, '') FROM sqlite_schema");
  if (!rows.ok()) {
    return rows.error();
  }
  std::vector<LayoutObject> objects;
  for (auto more = rows.value().step(); more.ok() && more.value(); more = rows.value().step()) {
    objects.push_back({rows.value().text(0), rows.value().text(1)});
  }
  return objects;
}

model::Result<model::Done> migrate(Connection& connection, std::string const& file,
                                   Migrating what) {
  auto const layout = layout_of(connection, file);
  if (!layout.ok()) {
    return layout.error();
  }
  if (layout.value() == 0 && what == Migrating::kStore) {
    return empty_file(file);
  }
  if (layout.value() == kLayout) {
    return model::Done{};
  }
  std::string sql = "BEGIN IMMEDIATE;";
  for (Migration const& migration : kMigrations) {
    if (migration.layout > layout.value()) {
      sql += migration.sql;
    }
  }
  sql += fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT;", kApplication,
                     kLayout);
  auto made = connection.run(sql);
  if (!made.ok()) {
    // The first error is what counts; a transaction that is not open cannot be rolled back.
    static_cast<void>(connection.run("ROLLBACK"));
  }
  return made;
}

model::Result<model::Done> check_layout(Connection const& connection, std::string const& file) {
  auto const layout = layout_of(connection, file);
  if (!layout.ok()) {
    return layout.error();
  }
  if (layout.value() == 0) {
    return empty_file(file);
  }
  if (layout.value() < kLayout) {
    return Error{ErrorKind::kRefused,
                 fmt::format("{}: of an older layout ({}, this program has {})", file,
                             layout.value(), kLayout),
                 "any verb that writes to it brings it forward; copy it first"};
  }
  return model::Done{};
}

}  // namespace guarantor::store
