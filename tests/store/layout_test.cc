#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>

#include "guarantor/store/sqlite_layout.h"
#include "guarantor/store/store_check.h"
#include "temporary_store.h"

namespace guarantor::store {
namespace {

void run_sql(std::filesystem::path const& file, std::string const& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
  sqlite3_close(database);
}

/// Takes a store of this layout back to an earlier one, as a program of then would have written it.
std::string backwards(int layout) {
  std::string sql;
  if (layout < 2) {
    sql += "DROP TABLE secret;";
  }
  if (layout < 3) {
    sql += "DROP TABLE mark;";
  }
  return sql + "PRAGMA user_version = " + std::to_string(layout) + ";";
}

TEST(Layout, EveryEarlierOneIsBroughtForwardWithItsRecords) {
  for (int layout = 1; layout < kLayout; ++layout) {
    TemporaryStore temporary;
    ASSERT_TRUE(temporary.store().append(observations(600), somebody()).ok());
    ASSERT_TRUE(temporary.store().publish({}).ok());
    temporary.close();
    run_sql(temporary.file(), backwards(layout));
    auto const reading = SqliteStore::open(temporary.file());
    ASSERT_FALSE(reading.ok());
    EXPECT_EQ(reading.error().kind, model::ErrorKind::kRefused);
    EXPECT_NE(reading.error().message.find("older layout"), std::string::npos);
    EXPECT_EQ(temporary.store().size().value(), 601U) << "layout " << layout;
    temporary.close();
    auto const report = check_store(temporary.file(), {});
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report.value().sound()) << report.value().finding->what;
  }
}

TEST(Layout, ANewerOneIsRefusedAndLeftAlone) {
  TemporaryStore temporary;
  run_sql(temporary.file(), "PRAGMA user_version = " + std::to_string(kLayout + 1));
  std::string const before = bytes_of(temporary.file());
  auto const opened = SqliteStore::open(temporary.file(), temporary.key());
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, model::ErrorKind::kRefused);
  EXPECT_NE(opened.error().message.find("newer program"), std::string::npos);
  EXPECT_EQ(bytes_of(temporary.file()), before);
}

TEST(Layout, OtherFilesAreNoStores) {
  TemporaryStore temporary;
  auto const other = temporary.folder() / "other.db";
  run_sql(other, "CREATE TABLE t (x)");
  EXPECT_EQ(SqliteStore::open(other).error().kind, model::ErrorKind::kBadInput);
  write_bytes(other, "a text");
  EXPECT_EQ(SqliteStore::open(other).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(SqliteStore::open(temporary.folder() / "none.db").error().kind,
            model::ErrorKind::kNotFound);
}

}  // namespace
}  // namespace guarantor::store
