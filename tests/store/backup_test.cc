#include "guarantor/store/backup.h"

#include <gtest/gtest.h>

#include "guarantor/store/store_check.h"
#include "temporary_store.h"

namespace guarantor::store {
namespace {

using model::ErrorKind;

TEST(Backup, IsRestoredAsItWasWhileOthersWentOn) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(700), somebody()).ok());
  ASSERT_TRUE(temporary.store().publish({}).ok());
  auto const folder = temporary.folder() / "backup";
  auto const made = back_up(temporary.store(), folder, {});
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made.value().head.size, 701U);
  auto const more = temporary.store().append(observations(5, 700), somebody());
  ASSERT_TRUE(more.ok()) << more.error().message;
  auto const again = temporary.folder() / "again.db";
  auto const restored = restore(folder, again, {});
  ASSERT_TRUE(restored.ok()) << restored.error().message;
  EXPECT_EQ(restored.value().head, made.value().head);
  EXPECT_EQ(bytes_of(again), bytes_of(folder / "store.db"));
  auto const report = check_store(again, {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report.value().sound());
  EXPECT_EQ(report.value().records, 701U);
  for (Position position = 0; position < 701; ++position) {
    auto const copy = SqliteStore::open(again);
    ASSERT_EQ(copy.value()->at(position).value(), temporary.store().at(position).value());
    if (position > 20) {
      position += 97;
    }
  }
  EXPECT_TRUE(SqliteStore::open(again, temporary.key()).ok());
}

TEST(Backup, NeverWritesOverAnything) {
  TemporaryStore temporary;
  auto const folder = temporary.folder() / "backup";
  ASSERT_TRUE(back_up(temporary.store(), folder, {}).ok());
  EXPECT_EQ(back_up(temporary.store(), folder, {}).error().kind, ErrorKind::kRefused);
  EXPECT_EQ(restore(folder, temporary.file(), {}).error().kind, ErrorKind::kRefused);
}

TEST(Backup, AnAlteredOneIsRefused) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(50), somebody()).ok());
  auto const folder = temporary.folder() / "backup";
  ASSERT_TRUE(back_up(temporary.store(), folder, {}).ok());
  std::string bytes = bytes_of(folder / "store.db");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  write_bytes(folder / "store.db", bytes);
  auto const again = temporary.folder() / "again.db";
  EXPECT_EQ(restore(folder, again, {}).error().kind, ErrorKind::kCheckFailed);
  EXPECT_FALSE(std::filesystem::exists(again));
  EXPECT_EQ(restore(temporary.folder() / "none", again, {}).error().kind, ErrorKind::kBadInput);
}

TEST(Backup, ATileThatWasAlteredIsFoundBeforeItIsRestored) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(300), somebody()).ok());
  ASSERT_TRUE(temporary.store().publish({}).ok());
  auto const folder = temporary.folder() / "backup/";
  ASSERT_TRUE(back_up(temporary.store(), folder, {}).ok());
  auto const tile = temporary.folder() / "backup/store.db-log/tile/0/000";
  std::string bytes = bytes_of(tile);
  bytes[40] = static_cast<char>(bytes[40] ^ 1);
  write_bytes(tile, bytes);
  auto const again = temporary.folder() / "again.db";
  EXPECT_EQ(restore(folder, again, {}).error().kind, ErrorKind::kCheckFailed);
  EXPECT_FALSE(std::filesystem::exists(again));
}

TEST(Backup, AStoppedOneLeavesNothing) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(20'000), somebody()).ok());
  std::stop_source stop;
  stop.request_stop();
  auto const folder = temporary.folder() / "backup";
  EXPECT_EQ(back_up(temporary.store(), folder, {.cancel = stop.get_token()}).error().kind,
            ErrorKind::kLimit);
  EXPECT_FALSE(std::filesystem::exists(folder));
}

}  // namespace
}  // namespace guarantor::store
