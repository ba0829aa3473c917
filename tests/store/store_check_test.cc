#include "guarantor/store/store_check.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <random>
#include <string>

#include "guarantor/store/accounts.h"
#include "guarantor/store/scenario_versions.h"
#include "temporary_store.h"

namespace guarantor::store {
namespace {

/// Everything a store can be asked, as one text; an error is an answer too.
std::string all_answers(std::filesystem::path const& file) {
  auto const store = SqliteStore::open(file);
  if (!store.ok()) {
    return "error: " + store.error().message;
  }
  std::string answers = std::to_string(store.value()->size().value());
  auto const size = store.value()->size().value();
  for (Position position = 0; position < size; ++position) {
    auto const record = store.value()->at(position);
    if (!record.ok()) {
      return "error: " + record.error().message;
    }
    answers += record.value().key + record.value().body + record.value().by +
               model::print(record.value().at) + "\n";
    auto const last = store.value()->latest(record.value().kind, record.value().key);
    answers += last.ok() && last.value() ? std::to_string(last.value()->position) : "none";
  }
  auto const counts = store.value()->counts();
  if (!counts.ok()) {
    return "error: " + counts.error().message;
  }
  for (auto const& [kind, count] : counts.value()) {
    answers += std::string{model::text(kind)} + std::to_string(count);
  }
  auto const rows = find_version(*store.value(), "case");
  answers += rows.ok() ? rows.value().content_hash : rows.error().message;
  auto const secret = store.value()->secret("anna");
  return answers + (secret.ok() ? secret.value().value_or("none") : secret.error().message);
}

void fill(TemporaryStore& temporary) {
  auto& store = temporary.store();
  ASSERT_TRUE(store.append(observations(540), somebody()).ok());
  ASSERT_TRUE(put_scenario(store,
                           {.scenario = "case",
                            .title = "A case",
                            .content_hash = "aaaaaaaa",
                            .variant_of = {},
                            .rows =
                                std::vector<model::RowRecord>{
                                    {"pledges", "p1", {{"pledge", "p1"}, {"quantity", "3"}}}}},
                           somebody())
                  .ok());
  Accounts accounts{store, {.cost = kCheapestPassword, .role = {}}};
  ASSERT_TRUE(accounts.add("anna", "planner", {"four quiet lanterns", {}, false}, somebody()).ok());
  ASSERT_TRUE(store.erase(7, "names a person", somebody()).ok());
  ASSERT_TRUE(store.publish({}).ok());
  temporary.close();
}

TEST(StoreCheck, AWholeStoreIsSound) {
  TemporaryStore temporary;
  fill(temporary);
  auto const report = check_store(temporary.file(), {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report.value().sound()) << report.value().finding->what;
  EXPECT_EQ(report.value().records, 546U);
  EXPECT_EQ(report.value().erased, 1U);
  EXPECT_EQ(report.value().published, 546U);
}

/// A thousand flips of one bit anywhere in the database: where an answer changes, it is found.
TEST(StoreCheck, FindsEveryFlipThatChangesAnAnswer) {
  TemporaryStore temporary;
  fill(temporary);
  std::string const whole = bytes_of(temporary.file());
  std::string const truth = all_answers(temporary.file());
  ASSERT_EQ(truth.find("error"), std::string::npos) << truth;
  std::mt19937_64 random{20261129};
  int changed = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    std::string flipped = whole;
    auto const at = random() % flipped.size();
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << random() % 8));
    write_bytes(temporary.file(), flipped);
    for (char const* suffix : {"-wal", "-shm"}) {
      std::filesystem::remove(temporary.file().string() + suffix);
    }
    bool const differs = all_answers(temporary.file()) != truth;
    changed += differs ? 1 : 0;
    auto const report = check_store(temporary.file(), {});
    bool const found = !report.ok() || !report.value().sound();
    EXPECT_TRUE(found || !differs) << "byte " << at << " changed an answer unseen";
    if (report.ok() && report.value().finding) {
      EXPECT_FALSE(report.value().finding->place.empty());
    }
  }
  EXPECT_GT(changed, 300);  // otherwise this test would say little
}

struct Tampering {
  char const* what;
  char const* sql;
  char const* place;
};

class Tampered : public ::testing::TestWithParam<Tampering> {};

TEST_P(Tampered, IsLocated) {
  TemporaryStore temporary;
  fill(temporary);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(temporary.file().c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, GetParam().sql, nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
  auto const report = check_store(temporary.file(), {});
  ASSERT_TRUE(report.ok()) << report.error().message;
  ASSERT_TRUE(report.value().finding);
  EXPECT_EQ(report.value().finding->place, GetParam().place) << report.value().finding->what;
}

INSTANTIATE_TEST_SUITE_P(
    StoreCheck, Tampered,
    ::testing::Values(
        Tampering{
            "AltersAPayload",
            "UPDATE entry SET payload = CAST(replace(payload, 'explosion', 'implosion') AS BLOB) "
            "WHERE position = 100",
            "record 100"},
        Tampering{"AltersACommitment",
                  "UPDATE entry SET commitment = zeroblob(32) WHERE position = 100", "record 100"},
        Tampering{"MovesARecordInTime", "UPDATE entry SET at = at + 1 WHERE position = 9",
                  "record 9"},
        Tampering{"RenamesAKey", "UPDATE entry SET key = 'x' WHERE position = 9", "record 9"},
        Tampering{"DeletesOne", "DELETE FROM entry WHERE position = 300", "record 300"},
        Tampering{"DeletesTheLast",
                  "DELETE FROM entry WHERE position = (SELECT max(position) FROM entry)",
                  "record 545"},
        Tampering{"AddsOne",
                  "INSERT INTO entry SELECT position + 1, kind, key, at, commitment, salt, payload "
                  "FROM entry WHERE position = 545",
                  "record 546"},
        Tampering{"SwapsTwo",
                  "UPDATE entry SET position = -1 WHERE position = 20;"
                  "UPDATE entry SET position = 20 WHERE position = 21;"
                  "UPDATE entry SET position = 21 WHERE position = -1",
                  "table node, level 1, number 0"},
        Tampering{"ErasesUnsaid",
                  "UPDATE entry SET salt = NULL, payload = NULL WHERE position = 30", "record 30"},
        Tampering{"AltersANode", "UPDATE node SET hash = zeroblob(32) WHERE number = 1",
                  "table node, level 1, number 1"},
        Tampering{"AddsANode", "INSERT INTO node VALUES (2, 0, zeroblob(32))", "table node"},
        Tampering{"AltersThePeaks", "UPDATE log SET frontier = zeroblob(length(frontier))",
                  "table log"},
        Tampering{"ExchangesASecret", "UPDATE secret SET value = 'known to me'", "table secret"},
        Tampering{"TakesASecretAway", "DELETE FROM secret", "table secret"},
        Tampering{"AddsASecret", "INSERT INTO secret VALUES ('eve', 'known to me')",
                  "table secret"},
        Tampering{"MovesAnErasedRecord", "UPDATE entry SET key = 'o-9' WHERE position = 7",
                  "record 7"},
        Tampering{"RedatesAnErasedRecord", "UPDATE entry SET at = at - 1 WHERE position = 7",
                  "record 7"},
        Tampering{"DropsTheIndex", "DROP INDEX entry_by_key", "table sqlite_schema"},
        Tampering{"AddsATrigger",
                  "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM node; END",
                  "table sqlite_schema"}),
    [](auto const& tampering) { return tampering.param.what; });

}  // namespace
}  // namespace guarantor::store
