#include "guarantor/store/scenario_versions.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "guarantor/store/store_check.h"
#include "temporary_store.h"

namespace guarantor::store {
namespace {

model::RowRecord pledge(std::string const& key, std::string const& quantity) {
  return {"pledges", key, {{"pledge", key}, {"quantity", quantity}}};
}

ScenarioContent content(std::string const& hash, std::vector<model::RowRecord> rows) {
  return {.scenario = "case",
          .title = "A case",
          .content_hash = hash,
          .variant_of = {},
          .rows = std::move(rows)};
}

constexpr char const* kFirst = "aaaaaaaa11111111";
constexpr char const* kSecond = "bbbbbbbb22222222";

TEST(ScenarioVersions, OnlyChangedRowsAreKeptAgain) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  auto const first = put_scenario(
      store, content(kFirst, {pledge("p1", "1"), pledge("p2", "2"), pledge("p3", "3")}),
      somebody());
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first.value().is_new);
  EXPECT_EQ(first.value().version.changed, 3U);
  auto const again = put_scenario(
      store, content(kFirst, {pledge("p1", "1"), pledge("p2", "2"), pledge("p3", "3")}),
      somebody());
  EXPECT_FALSE(again.value().is_new);
  auto const second = put_scenario(
      store, content(kSecond, {pledge("p3", "3"), pledge("p0", "0"), pledge("p1", "5")}),
      somebody());
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second.value().version.changed, 4U);  // p0 new, p1 changed, p2 gone, p3 moved
  EXPECT_EQ(second.value().version.follows, kFirst);
  EXPECT_EQ(get_rows(store, find_version(store, "case").value()).value(),
            (std::vector{pledge("p3", "3"), pledge("p0", "0"), pledge("p1", "5")}));
  EXPECT_EQ(get_rows(store, find_version(store, "case", kFirst).value()).value(),
            (std::vector{pledge("p1", "1"), pledge("p2", "2"), pledge("p3", "3")}));
}

TEST(ScenarioVersions, TheCurrentOneIsAPointerThatCanGoBack) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  ASSERT_TRUE(put_scenario(store, content(kFirst, {pledge("p1", "1")}), somebody()).ok());
  ASSERT_TRUE(put_scenario(store, content(kSecond, {pledge("p1", "2")}), somebody()).ok());
  ASSERT_TRUE(set_current(store, "case", "aaaaaaaa", somebody()).ok());
  EXPECT_EQ(find_version(store, "case").value().content_hash, kFirst);
  // What comes next follows from the newest rows, whichever version is current.
  ASSERT_TRUE(
      put_scenario(store, content("cccccccc33333333", {pledge("p1", "3")}), somebody()).ok());
  EXPECT_EQ(get_rows(store, find_version(store, "case").value()).value(),
            std::vector{pledge("p1", "3")});
  EXPECT_EQ(list_versions(store, "case").value().size(), 3U);
  EXPECT_EQ(list_scenarios(store).value().size(), 1U);
}

TEST(ScenarioVersions, AnErasedRowCanBeImportedAnew) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  auto const rows = std::vector{pledge("p1", "1"), pledge("p2", "2")};
  ASSERT_TRUE(put_scenario(store, content(kFirst, rows), somebody()).ok());
  ASSERT_TRUE(store.erase(1, "asked for", somebody()).ok());
  EXPECT_FALSE(get_rows(store, find_version(store, "case").value()).ok());
  auto const again = put_scenario(store, content(kFirst, rows), somebody());
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again.value().is_new);
  EXPECT_EQ(get_rows(store, find_version(store, "case").value()).value(), rows);
  for (auto const kind : {RecordKind::kScenario, RecordKind::kCurrent}) {
    auto const last = store.latest(kind, "case").value();
    EXPECT_EQ(store.erase(last->position, "no", somebody()).error().kind,
              model::ErrorKind::kRefused);
  }
}

TEST(ScenarioVersions, ARowHasItsDatedHistory) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  ASSERT_TRUE(put_scenario(store, content(kFirst, {pledge("p1", "1")}), somebody()).ok());
  ASSERT_TRUE(put_scenario(store, content(kSecond, {pledge("p2", "2")}), somebody()).ok());
  auto const history = row_history(store, "case", "pledges", "p1");
  ASSERT_TRUE(history.ok());
  ASSERT_EQ(history.value().size(), 2U);
  EXPECT_EQ(history.value()[0].cells.at("quantity"), "1");
  EXPECT_TRUE(history.value()[1].cells.empty());
  EXPECT_EQ(row_history(store, "case", "pledges", "p9").error().kind, model::ErrorKind::kNotFound);
}

TEST(ScenarioVersions, UnknownNamesSayWhatThereIs) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  ASSERT_TRUE(put_scenario(store, content(kFirst, {pledge("p1", "1")}), somebody()).ok());
  auto const other = find_version(store, "cas");
  EXPECT_EQ(other.error().kind, model::ErrorKind::kNotFound);
  EXPECT_EQ(other.error().hint, "it has case");
  EXPECT_EQ(find_version(store, "case", "aaaa").error().kind, model::ErrorKind::kNotFound);
}

TEST(ScenarioVersions, AnyChainOfVersionsCanBeHadAgain) {
  EXPECT_TRUE(rc::check([] {
    TemporaryStore temporary;
    auto& store = temporary.store();
    auto const many = *rc::gen::inRange(2, 5);
    std::vector<std::vector<model::RowRecord>> versions;
    for (int v = 0; v < many; ++v) {
      std::vector<model::RowRecord> rows;
      std::set<int> used;
      for (int key : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12))) {
        if (!used.insert(key).second) {
          continue;
        }
        rows.push_back(pledge("p" + std::to_string(key), std::to_string(*rc::gen::inRange(0, 3))));
      }
      versions.push_back(rows);
      std::string const hash = std::string(8, static_cast<char>('a' + v));
      RC_ASSERT(put_scenario(store, content(hash, rows), somebody()).ok());
    }
    for (int v = 0; v < many; ++v) {
      std::string const hash = std::string(8, static_cast<char>('a' + v));
      auto const rows = get_rows(store, find_version(store, "case", hash).value());
      RC_ASSERT(rows.ok());
      RC_ASSERT(rows.value() == versions[static_cast<std::size_t>(v)]);
    }
    temporary.close();
    RC_ASSERT(check_store(temporary.file(), {}).value().finding == std::nullopt);
  }));
}

/// What was kept, whoever kept it and when.
std::vector<std::pair<std::string, std::string>> kept(Store const& store) {
  std::vector<std::pair<std::string, std::string>> records;
  for (Position at = 1; at < store.size().value(); ++at) {
    auto const record = store.at(at).value();
    records.emplace_back(record.key, record.body);
  }
  return records;
}

TEST(ScenarioVersions, RowsAtHandLeadToTheSameRecords) {
  EXPECT_TRUE(rc::check([] {
    TemporaryStore reading;
    TemporaryStore knowing;
    std::vector<model::RowRecord> before;
    std::optional<Position> after;
    auto const many = *rc::gen::inRange(2, 6);
    for (int v = 0; v < many; ++v) {
      std::vector<model::RowRecord> rows;
      std::set<std::string> used;
      for (std::string const table : {"pledges", "nations", "offers"}) {
        for (int key : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5))) {
          std::string const name = "p" + std::to_string(key);
          if (used.insert(table + name).second) {
            rows.push_back({table, name, {{"quantity", std::to_string(*rc::gen::inRange(0, 3))}}});
          }
        }
      }
      // Often one row alone differs.
      if (!before.empty() && *rc::gen::arbitrary<bool>()) {
        rows = before;
        rows[*rc::gen::inRange<std::size_t>(0, rows.size())].cells["note"] = std::to_string(v);
      }
      auto what = content(std::string(8, static_cast<char>('a' + v)), rows);
      RC_ASSERT(put_scenario(reading.store(), what, somebody()).ok());
      what.after = after;
      what.before = after ? std::optional<model::RowTables>{before} : std::nullopt;
      auto const receipt = put_scenario(knowing.store(), what, somebody());
      RC_ASSERT(receipt.ok());
      RC_ASSERT(kept(knowing.store()) == kept(reading.store()));
      before = rows;
      after = receipt.value().version.position;
    }
  }));
}

TEST(ScenarioVersions, RowsAtHandThatWereErasedAreNotKeptAnew) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  std::vector const rows{pledge("p1", "1"), pledge("p2", "2")};
  auto const first = put_scenario(store, content(kFirst, rows), somebody());
  ASSERT_TRUE(first.ok());
  auto what = content(kSecond, {pledge("p1", "1"), pledge("p2", "3")});
  what.after = first.value().version.position;
  what.before = rows;
  ASSERT_TRUE(store.erase(1, "asked for", somebody()).ok());
  auto const refused = put_scenario(store, what, somebody());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, model::ErrorKind::kRefused);
  EXPECT_TRUE(store.latest(RecordKind::kRow, "case/pledges/p1").value()->erased);
}

TEST(ScenarioVersions, AnErasureOfSomethingElseDoesNotStopThem) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  std::vector const old{pledge("p1", "0")};
  ASSERT_TRUE(put_scenario(store, content("cccccccc33333333", old), somebody()).ok());
  std::vector const rows{pledge("p1", "1"), pledge("p2", "2")};
  auto const first = put_scenario(store, content(kFirst, rows), somebody());
  ASSERT_TRUE(first.ok());
  auto what = content(kSecond, {pledge("p1", "1"), pledge("p2", "3")});
  what.after = first.value().version.position;
  what.before = rows;
  ASSERT_TRUE(store.erase(1, "asked for", somebody()).ok()) << "what p1 said before";
  ASSERT_TRUE(put_scenario(store, what, somebody()).ok());
  EXPECT_EQ(get_rows(store, find_version(store, "case").value()).value(), what.rows.all());
}

TEST(ScenarioVersions, AVersionWithoutAnErasedRowCanBeHad) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  ASSERT_TRUE(
      put_scenario(store, content(kFirst, {pledge("p1", "1"), pledge("p2", "2")}), somebody())
          .ok());
  ASSERT_TRUE(store.erase(2, "asked for", somebody()).ok());
  ASSERT_TRUE(put_scenario(store, content(kSecond, {pledge("p1", "1")}), somebody()).ok());
  auto const rows = get_rows(store, find_version(store, "case").value());
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows.value(), std::vector{pledge("p1", "1")});
}

TEST(ScenarioVersions, RowsAtHandAreNotTrustedBehindANewerVersion) {
  TemporaryStore temporary;
  auto& store = temporary.store();
  std::vector const rows{pledge("p1", "1"), pledge("p2", "2")};
  auto const first = put_scenario(store, content(kFirst, rows), somebody());
  ASSERT_TRUE(put_scenario(store, content(kSecond, {pledge("p1", "5")}), somebody()).ok());
  ASSERT_TRUE(set_current(store, "case", kFirst, somebody()).ok());
  auto what = content("cccccccc33333333", {pledge("p1", "1"), pledge("p2", "3")});
  what.after = first.value().version.position;
  what.before = rows;
  ASSERT_TRUE(put_scenario(store, what, somebody()).ok());
  EXPECT_EQ(get_rows(store, find_version(store, "case").value()).value(), what.rows.all());
}

}  // namespace
}  // namespace guarantor::store
