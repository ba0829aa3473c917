#include "guarantor/tables/scenario_text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "guarantor/tables/folder_writer.h"
#include "guarantor/tables/row_records.h"
#include "random_scenario.h"

namespace guarantor::tables {
namespace {

using Rows = std::vector<model::RowRecord>;

model::Scenario any_scenario() {
  return random_scenario(*rc::gen::inRange<std::uint64_t>(0, 1'000'000));
}

std::map<std::string, std::string> plain(ScenarioText const& text) {
  std::map<std::string, std::string> files;
  for (auto const& [name, content] : text.files) {
    files.emplace(name, *content);
  }
  return files;
}

/// The text says what the scenario's rows and files say.
void expect_text_of(ScenarioText const& text, model::Scenario const& scenario) {
  RC_ASSERT(text.rows.all() == to_rows(scenario));
  RC_ASSERT(plain(text) == write_files(scenario));
  RC_ASSERT(content_hash(text) == content_hash(scenario));
}

TEST(ScenarioText, SaysWhatRowsAndFilesSay) {
  EXPECT_TRUE(rc::check([] {
    auto const scenario = any_scenario();
    auto const text = text_of(scenario);
    expect_text_of(text, scenario);
    auto other = any_scenario();
    other.links = scenario.links;
    auto const from_another = text_of(other, scenario, text);
    expect_text_of(from_another, other);
    RC_ASSERT(from_another.rows.of("links").data() == text.rows.of("links").data());
  }));
}

/// All rows with those of some tables replaced.
Rows replaced(Rows const& rows, std::map<model::Table, Rows> const& tables) {
  Rows all;
  std::ranges::copy_if(rows, std::back_inserter(all), [&](model::RowRecord const& row) {
    return !tables.contains(*model::parse<model::Table>(row.table));
  });
  for (auto const& [table, others] : tables) {
    all.insert(all.end(), others.begin(), others.end());
  }
  return all;
}

TEST(ScenarioText, OfChangedTablesIsThatOfAllRowsReadAnew) {
  int sound = 0;
  int unsound = 0;
  EXPECT_TRUE(rc::check([&] {
    auto const before = any_scenario();
    auto const text = text_of(before);
    std::map<model::Table, Rows> tables;
    for (auto const table :
         {model::Table::kPledges, model::Table::kOffers, model::Table::kRequirements}) {
      auto const rows = text.rows.of(model::text(table));
      if (rows.empty() || *rc::gen::inRange(0, 3) == 0) {
        continue;
      }
      Rows now{rows.begin(), rows.end()};
      auto& row = now[*rc::gen::inRange<std::size_t>(0, now.size())];
      switch (*rc::gen::inRange(0, 4)) {
        case 0:
          row.cells["note"] = *rc::gen::element<std::string>("a remark", "\"quoted\", and more");
          break;
        case 1:
          row.cells["quantity"] = *rc::gen::element<std::string>("7", "many");
          break;
        case 2:
          now.erase(now.begin() + (&row - now.data()));
          break;
        default:
          row.cells.erase("capability");
          break;
      }
      tables.emplace(table, std::move(now));
    }
    auto const quick = with_tables(before, text, tables);
    auto const whole = from_rows(replaced(text.rows.all(), tables), "case").scenario;
    RC_ASSERT(quick.has_value() == whole.has_value());
    quick ? ++sound : ++unsound;
    if (quick) {
      RC_ASSERT(quick->scenario == *whole);
      expect_text_of(quick->text, *whole);
    }
  }));
  EXPECT_GT(sound, 10);
  EXPECT_GT(unsound, 10);
}

TEST(ScenarioText, LeavesScalarsAndAreasToThoseWhoReadEverything) {
  auto const before = random_scenario(1);
  auto const text = text_of(before);
  auto const scalars = text.rows.of("scenario");
  EXPECT_FALSE(
      with_tables(before, text, {{model::Table::kScenario, {scalars.begin(), scalars.end()}}}));
}

}  // namespace
}  // namespace guarantor::tables
