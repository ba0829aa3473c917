#include "guarantor/store/sqlite_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <map>

#include "guarantor/ledger/proof.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/store/store_check.h"
#include "temporary_store.h"

namespace guarantor::store {
namespace {

using model::ErrorKind;

TEST(SqliteStore, FindsThingsByTheirMarks) {
  TemporaryStore temporary;
  auto drafts = observations(3);
  drafts[0].marks = {7, ~std::uint64_t{0}};
  drafts[2].marks = {7};
  ASSERT_TRUE(temporary.store().append(drafts, somebody()).ok());
  ASSERT_TRUE(temporary.store().append(drafts, somebody()).ok());
  using Keys = std::vector<std::string>;
  auto const kind = RecordKind::kObservation;
  EXPECT_EQ(temporary.store().marked(kind, 7).value(), (Keys{drafts[0].key, drafts[2].key}));
  EXPECT_EQ(temporary.store().marked(kind, ~std::uint64_t{0}).value(), (Keys{drafts[0].key}));
  EXPECT_TRUE(temporary.store().marked(RecordKind::kIncident, 7).value().empty());
  std::set<std::uint64_t> marks;
  Keys keys;
  ASSERT_TRUE(temporary.store().each_mark(kind, [&](std::uint64_t m) { marks.insert(m); }).ok());
  ASSERT_TRUE(
      temporary.store().each_key(kind, [&](std::string_view key) { keys.emplace_back(key); }).ok());
  EXPECT_EQ(marks, (std::set<std::uint64_t>{7, ~std::uint64_t{0}}));
  EXPECT_EQ(keys.size(), 3U);
}

TEST(SqliteStore, BeginsWithARecordOfItself) {
  TemporaryStore temporary;
  auto const first = temporary.store().at(0);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first.value().kind, RecordKind::kStore);
  EXPECT_NE(first.value().body.find(temporary.key().verifier().text()), std::string::npos);
  EXPECT_EQ(temporary.store().size().value(), 1U);
  EXPECT_EQ(SqliteStore::create(temporary.file(), temporary.key(), somebody()).error().kind,
            ErrorKind::kRefused);
}

TEST(SqliteStore, KeepsAllOrNothing) {
  TemporaryStore temporary;
  auto drafts = observations(3);
  auto const kept = temporary.store().append(drafts, somebody());
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept.value().first, 1U);
  EXPECT_EQ(kept.value().end, 4U);
  drafts = observations(3, 3);
  drafts[2].body = "{broken";
  auto const refused = temporary.store().append(drafts, somebody());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kBadInput);
  EXPECT_NE(refused.error().message.find("o-5 (3)"), std::string::npos) << refused.error().message;
  EXPECT_EQ(temporary.store().size().value(), 4U);
  EXPECT_TRUE(temporary.store().append(observations(3, 3), somebody()).ok());
}

TEST(SqliteStore, AnswersTheLastOfAThingAndItsHistory) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  for (char const* body : {"{\"n\":1}", "{\"n\": 2}", "{ \"n\":3 }"}) {
    Draft const draft{.kind = RecordKind::kIncident, .key = "i-1", .body = body};
    ASSERT_TRUE(store.append({&draft, 1}, somebody()).ok());
  }
  EXPECT_EQ(store.latest(RecordKind::kIncident, "i-1").value()->body, R"({"n":3})");
  EXPECT_EQ(store.latest(RecordKind::kIncident, "i-1", 3).value()->body, R"({"n":2})");
  EXPECT_FALSE(store.latest(RecordKind::kIncident, "i-1", 1).value());
  EXPECT_FALSE(store.latest(RecordKind::kFinding, "i-1").value());
  auto const history = store.history(RecordKind::kIncident, "i-1").value();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0].body, R"({"n":1})");
  EXPECT_EQ(history[2].position, 3U);
}

TEST(SqliteStore, VisitsTheLastOfEachKeyWithAPrefixInOrder) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  std::vector<Draft> drafts;
  for (char const* key : {"b/2", "a/1", "b/1", "b", "c/1", "b/2"}) {
    drafts.push_back({.kind = RecordKind::kRow, .key = key, .body = std::to_string(drafts.size())});
  }
  ASSERT_TRUE(store.append(drafts, somebody()).ok());
  std::string seen;
  ASSERT_TRUE(store
                  .each_latest(RecordKind::kRow, "b/", {},
                               [&](Record&& record) {
                                 seen += record.key + "=" + record.body + " ";
                                 return true;
                               })
                  .ok());
  EXPECT_EQ(seen, "b/1=2 b/2=5 ");
  seen.clear();
  ASSERT_TRUE(store
                  .each(RecordKind::kRow, 3,
                        [&](Record&& record) {
                          seen += record.key + " ";
                          return record.key != "b";
                        })
                  .ok());
  EXPECT_EQ(seen, "b/1 b ");
}

TEST(SqliteStore, ProvesEveryRecordFromItsOwnHashes) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  ASSERT_TRUE(store.append(observations(700), somebody()).ok());
  ledger::TreeHead const head = store.head_state().value().acknowledged;
  ASSERT_EQ(head.size, 701U);
  for (Position position : {0U, 1U, 255U, 256U, 257U, 511U, 512U, 700U}) {
    auto const proof = ledger::inclusion_proof(store.hashes(), position, head.size);
    ASSERT_TRUE(proof.ok()) << proof.error().message;
    auto const leaf = ledger::leaf_hash(store.commitment(position).value());
    EXPECT_TRUE(ledger::verify_inclusion(position, leaf, head, proof.value()).ok()) << position;
  }
  ASSERT_TRUE(store.publish({}).ok());
  auto const folder = ledger::TileFolder::open(store.files().log());
  EXPECT_EQ(ledger::tree_root(folder.value(), head.size).value(), head.root);
}

TEST(SqliteStore, ErasesAPayloadForGoodAndSaysSo) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  Draft const draft{
      .kind = RecordKind::kObservation, .key = "o-1", .body = R"({"note":"the name of a person"})"};
  ASSERT_TRUE(store.append({&draft, 1}, somebody()).ok());
  ASSERT_TRUE(store.append(observations(5, 10), somebody()).ok());
  ASSERT_TRUE(store.publish({}).ok());
  auto const erased = store.erase(1, "names a person", somebody());
  ASSERT_TRUE(erased.ok()) << erased.error().message;
  EXPECT_TRUE(store.at(1).value().erased);
  EXPECT_EQ(store.at(erased.value().first).value().body,
            R"({"at":"2026-11-29T10:00:00.000001Z","key":"o-1","kind":"observation",)"
            R"("position":1,"why":"names a person"})");
  EXPECT_EQ(store.erase(1, "again", somebody()).value().first, erased.value().first);
  EXPECT_EQ(store.erase(0, "the beginning", somebody()).error().kind, ErrorKind::kRefused);
  ASSERT_TRUE(store.publish({}).ok());
  for (char const* suffix : {"", "-wal"}) {
    auto const bytes = bytes_of(temporary.file().string() + suffix);
    EXPECT_EQ(bytes.find("the name of a person"), std::string::npos) << suffix;
  }
  temporary.close();
  auto const report = check_store(temporary.file(), {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report.value().sound());
  EXPECT_EQ(report.value().erased, 1U);
}

TEST(SqliteStore, NeedsTheKeyThatSigns) {
  TemporaryStore temporary;
  auto const other = SqliteStore::open(temporary.file(), test_key(2));
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().kind, ErrorKind::kRefused);
  auto const reading = SqliteStore::open(temporary.file());
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.value()->append(observations(1), somebody()).error().kind, ErrorKind::kRefused);
}

TEST(SqliteStore, AWriterWhoseKeyWasTakenFromItIsRefused) {
  TemporaryStore temporary;
  auto const other = SqliteStore::open(temporary.file(), test_key(1));
  ASSERT_TRUE(other.ok());
  ASSERT_TRUE(temporary.store().rotate(test_key(2), somebody()).ok());
  EXPECT_EQ(other.value()->append(observations(1), somebody()).error().kind, ErrorKind::kRefused);
  EXPECT_EQ(other.value()->publish({}).error().kind, ErrorKind::kRefused);
  ASSERT_TRUE(temporary.store().append(observations(1), somebody()).ok());
  EXPECT_TRUE(SqliteStore::open(temporary.file()).ok());
}

TEST(SqliteStore, AnErasureSaysWhileSomebodyStillReadsWhatWasBefore) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(3), somebody()).ok());
  auto const reader = SqliteStore::open(temporary.file());
  ASSERT_TRUE(reader.value()->connection().run("BEGIN; SELECT count(*) FROM entry").ok());
  EXPECT_EQ(temporary.store().erase(2, "names a person", somebody()).error().kind,
            ErrorKind::kRefused);
  ASSERT_TRUE(reader.value()->connection().run("COMMIT").ok());
  EXPECT_TRUE(temporary.store().erase(2, "names a person", somebody()).ok());
  EXPECT_TRUE(temporary.store().at(2).value().erased);
}

TEST(SqliteStore, NothingOfAnEarlierStoreIsTakenForItsOwn) {
  TemporaryStore temporary;
  auto const place = temporary.folder() / "other.db";
  for (char const* suffix : {"-wal", "-shm", "-journal", "-log"}) {
    auto const left = place.string() + suffix;
    write_bytes(left, "left behind");
    auto const made = SqliteStore::create(place, temporary.key(), somebody());
    ASSERT_FALSE(made.ok());
    EXPECT_NE(made.error().message.find(suffix), std::string::npos) << made.error().message;
    std::filesystem::remove(left);
  }
  write_bytes(place, "");
  EXPECT_EQ(SqliteStore::open(place, temporary.key()).error().kind, ErrorKind::kBadInput);
  EXPECT_EQ(std::filesystem::file_size(place), 0U);
  EXPECT_EQ(SqliteStore::open(temporary.folder()).error().kind, ErrorKind::kBadInput);
}

TEST(SqliteStore, HandsTheLogOverToItsNextKey) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(5), somebody()).ok());
  EXPECT_EQ(temporary.store().rotate(test_key(2, "other.example"), somebody()).error().kind,
            ErrorKind::kBadInput);
  ASSERT_TRUE(temporary.store().rotate(test_key(2), somebody()).ok());
  ASSERT_TRUE(temporary.store().append(observations(5, 5), somebody()).ok());
  ASSERT_TRUE(temporary.store().publish({}).ok());
  temporary.close();
  EXPECT_FALSE(SqliteStore::open(temporary.file(), test_key(1)).ok());
  EXPECT_TRUE(SqliteStore::open(temporary.file(), test_key(2)).ok());
  auto const report = check_store(temporary.file(), {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report.value().sound())
      << (report.value().in_log ? report.value().in_log->explanation : "");
}

TEST(SqliteStore, SaysWhichAcknowledgedRecordsAreGone) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(10), somebody()).ok());
  temporary.close();  // brings the write-ahead log into the file
  std::string const before = bytes_of(temporary.file());
  ASSERT_TRUE(temporary.store().append(observations(10, 10), somebody()).ok());
  temporary.close();
  write_bytes(temporary.file(), before);
  auto const opened = SqliteStore::open(temporary.file());
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, ErrorKind::kCheckFailed);
  EXPECT_NE(opened.error().message.find("records 11 to 20 were acknowledged and are gone"),
            std::string::npos)
      << opened.error().message;
}

TEST(SqliteStore, AFlippedWriteAheadLogIsNoticed) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  ASSERT_TRUE(store.append(observations(10), somebody()).ok());
  // What lies there as a crash would leave it, with a byte changed in its last frames.
  auto const copy = temporary.folder() / "copy.db";
  std::filesystem::copy(temporary.file(), copy);
  std::filesystem::copy(StoreFiles{temporary.file()}.log(), StoreFiles{copy}.log(),
                        std::filesystem::copy_options::recursive);
  std::string log = bytes_of(temporary.file().string() + "-wal");
  ASSERT_GT(log.size(), 5000U);
  write_bytes(copy.string() + "-wal", log);
  EXPECT_TRUE(SqliteStore::open(copy).ok());
  std::filesystem::remove(copy.string() + "-shm");
  log[log.size() - 100] = static_cast<char>(log[log.size() - 100] ^ 1);
  write_bytes(copy.string() + "-wal", log);
  auto const opened = SqliteStore::open(copy);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, ErrorKind::kCheckFailed);
  EXPECT_NE(opened.error().message.find("gone"), std::string::npos) << opened.error().message;
}

TEST(SqliteStore, AHeadThatACrashLeftBehindIsMended) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(10), somebody()).ok());
  auto const head = StoreFiles{temporary.file()}.head();
  std::string const before = bytes_of(head);
  ASSERT_TRUE(temporary.store().append(observations(10, 10), somebody()).ok());
  temporary.close();
  write_bytes(head, before);  // kept, and the process died before it was acknowledged
  EXPECT_EQ(SqliteStore::open(temporary.file()).value()->head_state().value().acknowledged.size,
            11U);
  EXPECT_EQ(temporary.store().head_state().value().acknowledged.size, 21U);
}

TEST(SqliteStore, ReadsWhereItMayNotWrite) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(10), somebody()).ok());
  temporary.close();
  std::filesystem::permissions(temporary.folder(), std::filesystem::perms{0777});
  for (auto const& entry : std::filesystem::recursive_directory_iterator{temporary.folder()}) {
    std::filesystem::permissions(entry.path(),
                                 std::filesystem::perms{entry.is_directory() ? 0555U : 0444U});
  }
  std::filesystem::permissions(temporary.folder(), std::filesystem::perms{0555});
  // Whoever runs the tests may be allowed everything, so somebody else tries.
  pid_t const child = ::fork();
  if (child == 0) {
    if (::getuid() == 0 && ::setuid(65534) != 0) {
      ::_exit(9);
    }
    auto const reading = SqliteStore::open(temporary.file());
    bool const read = reading.ok() && reading.value()->size().value() == 11;
    auto const writing = SqliteStore::open(temporary.file(), test_key(1));
    bool const refused = !writing.ok() && writing.error().kind == ErrorKind::kUnwritable;
    ::_exit(read && refused ? 0 : read ? 1 : 2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  std::filesystem::permissions(temporary.folder(), std::filesystem::perms{0755});
  for (auto const& entry : std::filesystem::recursive_directory_iterator{temporary.folder()}) {
    std::filesystem::permissions(entry.path(), std::filesystem::perms{0755});
  }
}

TEST(SqliteStore, AFullDiskKeepsWhatWasAcknowledged) {
  TemporaryStore temporary;
  ASSERT_TRUE(temporary.store().append(observations(10), somebody()).ok());
  temporary.close();
  pid_t const child = ::fork();
  if (child == 0) {
    // A file that may not grow further is what a full disk looks like to the store.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit const limit{300'000, 300'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto store = SqliteStore::open(temporary.file(), test_key(1));
    if (!store.ok()) {
      ::_exit(3);
    }
    for (std::size_t i = 0; i < 1000; ++i) {
      auto const kept = store.value()->append(observations(100, i * 100), somebody());
      if (!kept.ok()) {
        std::ofstream{temporary.folder() / "acknowledged"} << store.value()->size().value();
        ::_exit(kept.error().kind == ErrorKind::kUnwritable ? 0 : 4);
      }
    }
    ::_exit(5);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  ASSERT_EQ(WEXITSTATUS(status), 0);
  Position acknowledged = 0;
  std::ifstream{temporary.folder() / "acknowledged"} >> acknowledged;
  EXPECT_GT(acknowledged, 11U);
  EXPECT_EQ(temporary.store().size().value(), acknowledged);
  temporary.close();
  EXPECT_TRUE(check_store(temporary.file(), {}).value().sound());
}

TEST(SqliteStore, TwoProcessesTakeTurns) {
  TemporaryStore temporary;
  constexpr int kWriters = 3;
  constexpr std::size_t kSteps = 40;
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    children.push_back(::fork());
    if (children.back() == 0) {
      auto store = SqliteStore::open(temporary.file(), test_key(1));
      bool whole = store.ok();
      for (std::size_t i = 0; whole && i < kSteps; ++i) {
        auto const first = (static_cast<std::size_t>(writer) * kSteps + i) * 3;
        whole = store.value()->append(observations(3, first), somebody()).ok();
        whole = whole && (i % 8 != 0 || store.value()->publish({}).ok());
      }
      ::_exit(whole ? 0 : 1);
    }
  }
  for (pid_t const child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  std::map<std::string, int> seen;
  ASSERT_TRUE(temporary.store()
                  .each(RecordKind::kObservation, 0,
                        [&](Record&& record) {
                          ++seen[record.key];
                          return true;
                        })
                  .ok());
  EXPECT_EQ(seen.size(), kWriters * kSteps * 3);
  for (auto const& [key, count] : seen) {
    EXPECT_EQ(count, 1) << key;
  }
  temporary.close();
  EXPECT_TRUE(check_store(temporary.file(), {}).value().sound());
}

TEST(SqliteStore, SecretsAreSetInTheSameStep) {
  TemporaryStore temporary;
  std::string const verifier = "argon2id$...";
  Draft const draft{.kind = RecordKind::kAccount,
                    .key = "user/anna",
                    .body = R"({"secret":")" + ledger::hex(ledger::sha256(verifier)) + "\"}"};
  Secret const secret{"user/anna", verifier};
  ASSERT_TRUE(temporary.store().append({&draft, 1}, somebody(), {&secret, 1}).ok());
  EXPECT_EQ(temporary.store().secret("user/anna").value(), verifier);
  Draft bad = draft;
  bad.body = "{";
  Secret const other{"user/anna", "other"};
  EXPECT_FALSE(temporary.store().append({&bad, 1}, somebody(), {&other, 1}).ok());
  EXPECT_EQ(temporary.store().secret("user/anna").value(), verifier);
  Secret const none{"user/anna", ""};
  ASSERT_TRUE(temporary.store().append({&draft, 1}, somebody(), {&none, 1}).ok());
  EXPECT_FALSE(temporary.store().secret("user/anna").value());
}

}  // namespace
}  // namespace guarantor::store
