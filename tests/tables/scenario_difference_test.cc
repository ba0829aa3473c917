#include "guarantor/tables/scenario_difference.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "guarantor/tables/scenario_folder.h"
#include "random_scenario.h"

namespace guarantor::tables {
namespace {

using model::CellChange;
using model::RowChange;
using model::RowDifference;
using model::Scenario;
using model::ScenarioDifference;
using model::Table;

/// How to reach the rows of one table without knowing their type.
struct TableAccess {
  Table table{};
  std::function<std::size_t(Scenario const&)> count;
  std::function<void(Scenario&, std::size_t)> erase;
  std::function<void(Scenario&, std::size_t, std::size_t)> swap;
  std::string column;  ///< that `change` changes
  std::function<void(Scenario&, std::size_t)> change;
};

template <class Row>
TableAccess access(Table table, std::vector<Row> Scenario::* rows, std::string column,
                   std::function<void(Row&)> change) {
  return {
      table,
      [rows](Scenario const& s) { return (s.*rows).size(); },
      [rows](Scenario& s, std::size_t i) {
        (s.*rows).erase((s.*rows).begin() + static_cast<std::ptrdiff_t>(i));
      },
      [rows](Scenario& s, std::size_t i, std::size_t j) { std::swap((s.*rows)[i], (s.*rows)[j]); },
      std::move(column),
      [rows, change](Scenario& s, std::size_t i) { change((s.*rows)[i]); }};
}

/// Every table but the scalars, each with a cell that is no part of its key.
std::vector<TableAccess> tables() {
  auto const title = [](auto& row) { row.title += "!"; };
  auto const note = [](auto& row) { row.row.provenance.note += "!"; };
  auto const confidence = [](auto& row) {
    auto& value = row.row.provenance.confidence;
    value = value == model::Confidence::kReported ? model::Confidence::kEstimated
                                                  : model::Confidence::kReported;
  };
  return {
      access<model::Phase>(Table::kPhases, &Scenario::phases, "to_day",
                           [](auto& row) { row.days.to += model::Days{1}; }),
      access<model::Nation>(Table::kNations, &Scenario::nations, "name",
                            [](auto& row) { row.name += "!"; }),
      access<model::Meeting>(Table::kMeetings, &Scenario::meetings, "title", title),
      access<model::Attendance>(Table::kAttendance, &Scenario::attendance, "rank",
                                [](auto& row) { row.rank += "!"; }),
      access<model::Condition>(Table::kConditions, &Scenario::conditions, "decided_day_mode",
                               [](auto& row) {
                                 row.decided_mode = model::Days{
                                     row.decided_mode ? row.decided_mode->count() + 0.5 : 0};
                               }),
      access<model::Assessment>(Table::kAssessments, &Scenario::assessments, "note", note),
      access<model::Capability>(Table::kCapabilities, &Scenario::capabilities, "title", title),
      access<model::Substitution>(
          Table::kSubstitutions, &Scenario::substitutions, "effectiveness",
          [](auto& row) { row.effectiveness += model::Effectiveness{0.25}; }),
      access<model::Location>(Table::kLocations, &Scenario::locations, "name",
                              [](auto& row) { row.name += "!"; }),
      access<model::Link>(Table::kLinks, &Scenario::links, "km",
                          [](auto& row) { row.length += model::Kilometres{1}; }),
      access<model::Pledge>(Table::kPledges, &Scenario::pledges, "quantity",
                            [](auto& row) {
                              row.quantity =
                                  model::Units{row.quantity ? row.quantity->count() + 1 : 0};
                            }),
      access<model::Offer>(Table::kOffers, &Scenario::offers, "note", note),
      access<model::Delivery>(Table::kDeliveries, &Scenario::deliveries, "note", note),
      access<model::Requirement>(Table::kRequirements, &Scenario::requirements, "quantity",
                                 [](auto& row) { row.quantity += model::Units{1}; }),
      access<model::Rate>(Table::kRates, &Scenario::rates, "per_unit",
                          [](auto& row) { row.per_unit += 1; }),
      access<model::Ceiling>(Table::kCeilings, &Scenario::ceilings, "personnel",
                             [](auto& row) { row.personnel += model::Personnel{1}; }),
      access<model::Contingency>(Table::kContingencies, &Scenario::contingencies, "title", title),
      access<model::ForceClaim>(Table::kForceClaims, &Scenario::force_claims, "confidence",
                                confidence),
      access<model::Demand>(Table::kDemands, &Scenario::demands, "standard_hours",
                            [](auto& row) { row.standard_hours.emplace_back(500); }),
      access<model::Site>(Table::kSites, &Scenario::sites, "title", title),
      access<model::SourceNote>(Table::kSources, &Scenario::sources, "quote",
                                [](auto& row) { row.quote += "!"; }),
      access<model::Area>(Table::kAreas, &Scenario::areas, "title", title)};
}

std::uint64_t any_seed() {
  return *rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()));
}

/// Some table that has rows, and one of them.
struct Place {
  TableAccess access;
  std::size_t row{};
};

Place any_place(Scenario const& scenario) {
  auto all = tables();
  std::erase_if(all, [&](TableAccess const& a) { return a.count(scenario) == 0; });
  RC_PRE(!all.empty());
  auto const chosen = all[*rc::gen::inRange<std::size_t>(0, all.size())];
  return {chosen, *rc::gen::inRange<std::size_t>(0, chosen.count(scenario))};
}

TEST(ScenarioDifference, OfAScenarioWithItselfIsEmpty) {
  EXPECT_TRUE(rc::check([] {
    Scenario const scenario = random_scenario(any_seed());
    RC_ASSERT(difference(scenario, scenario).empty());
  }));
}

TEST(ScenarioDifference, OneChangedCellIsFoundAndNothingElse) {
  EXPECT_TRUE(rc::check([] {
    Scenario const before = random_scenario(any_seed());
    auto const place = any_place(before);
    Scenario after = before;
    place.access.change(after, place.row);
    auto const found = difference(before, after);
    RC_TAG(std::string{model::text(place.access.table)});
    RC_ASSERT(found.reordered.empty());
    RC_ASSERT(found.rows.size() == 1U);
    RC_ASSERT(found.rows[0].table == place.access.table);
    RC_ASSERT(found.rows[0].change == RowChange::kChanged);
    RC_ASSERT(found.rows[0].cells.size() == 1U);
    RC_ASSERT(found.rows[0].cells[0].column == place.access.column);
    RC_ASSERT(found.rows[0].cells[0].before != found.rows[0].cells[0].after);
  }));
}

TEST(ScenarioDifference, OneRowMoreOrLessIsFoundAndNothingElse) {
  EXPECT_TRUE(rc::check([] {
    Scenario const more = random_scenario(any_seed());
    auto const place = any_place(more);
    Scenario less = more;
    place.access.erase(less, place.row);
    auto const lost = difference(more, less);
    auto const won = difference(less, more);
    RC_ASSERT(lost.reordered.empty() && won.reordered.empty());
    RC_ASSERT(lost.rows.size() == 1U && won.rows.size() == 1U);
    RC_ASSERT(lost.rows[0].table == place.access.table);
    RC_ASSERT(lost.rows[0].change == RowChange::kRemoved);
    RC_ASSERT(won.rows[0].change == RowChange::kAdded);
    RC_ASSERT(lost.rows[0].key == won.rows[0].key);
    RC_ASSERT(lost.rows[0].cells.size() == won.rows[0].cells.size());
    for (std::size_t i = 0; i < lost.rows[0].cells.size(); ++i) {
      RC_ASSERT(lost.rows[0].cells[i].before == won.rows[0].cells[i].after);
      RC_ASSERT(lost.rows[0].cells[i].after.empty());
    }
  }));
}

TEST(ScenarioDifference, AnotherOrderIsNoOtherRow) {
  EXPECT_TRUE(rc::check([] {
    Scenario const before = random_scenario(any_seed());
    auto const place = any_place(before);
    auto const rows = place.access.count(before);
    RC_PRE(rows > 1);
    Scenario after = before;
    place.access.swap(after, place.row, (place.row + 1) % rows);
    auto const found = difference(before, after);
    RC_ASSERT(found.rows.empty());
    RC_ASSERT(found.reordered == std::vector<Table>{place.access.table});
  }));
}

TEST(ScenarioDifference, IsEmptyExactlyWhereTheHashesAreEqual) {
  EXPECT_TRUE(rc::check([] {
    Scenario const a = random_scenario(any_seed() % 8);
    Scenario const b = random_scenario(any_seed() % 8);
    RC_ASSERT(difference(a, b).empty() == (content_hash(a) == content_hash(b)));
  }));
}

TEST(ScenarioDifference, EveryTableIsCompared) {
  // Each table in some scenario that has it, so that none is left to chance.
  for (auto const& table : tables()) {
    std::uint64_t seed = 0;
    while (table.count(random_scenario(seed)) == 0) {
      ASSERT_LT(++seed, 200U) << model::text(table.table);
    }
    Scenario const before = random_scenario(seed);
    Scenario after = before;
    table.change(after, 0);
    auto const found = difference(before, after);
    ASSERT_EQ(found.rows.size(), 1U) << model::text(table.table);
    EXPECT_EQ(found.rows[0].table, table.table);
    EXPECT_EQ(found.rows[0].cells.at(0).column, table.column);
  }
}

TEST(ScenarioDifference, ScalarsAreOneRow) {
  Scenario before = random_scenario(1);
  before.header.nation_penalty = 0.5;
  before.header.marking = "";
  Scenario after = before;
  after.header.nation_penalty = 0.75;
  after.header.marking = "internal";
  ScenarioDifference const expected{
      {{Table::kScenario,
        "",
        RowChange::kChanged,
        {{"marking", "", "internal"}, {"nation_penalty", "0.5", "0.75"}}}},
      {}};
  EXPECT_EQ(difference(before, after), expected);
}

TEST(ScenarioDifference, KeysOfSeveralColumnsHaveOneSpaceBetween) {
  Scenario before;
  before.offers.push_back({model::PledgeId{"p"}, model::parse_date("2026-01-06"), {}, {}, {}, {}});
  before.substitutions.push_back(
      {model::CapabilityId{"a"}, model::CapabilityId{"b"}, model::Effectiveness{1}, {}});
  auto const found = difference(before, Scenario{});
  ASSERT_EQ(found.rows.size(), 2U);
  EXPECT_EQ(found.rows[0].key, "a b");
  EXPECT_EQ(found.rows[1].key, "p 2026-01-06");
}

TEST(ScenarioDifference, SourcesThatShareAKeyAreMatchedWhereEqual) {
  model::SourceNote note;
  note.table = "pledges";
  note.key = "p";
  note.column = "quantity";
  note.source = "a paper";
  auto const with = [&](std::string const& value) {
    auto copy = note;
    copy.value = value;
    return copy;
  };
  Scenario before;
  before.sources = {with("1"), with("2")};
  Scenario after;
  after.sources = {with("2"), with("3")};
  auto const found = difference(before, after);
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.rows[0].cells, (std::vector<CellChange>{{"value", "1", "3"}}));
}

TEST(ScenarioDifference, AColumnNobodyKnowsIsACellToo) {
  Scenario before;
  before.locations.push_back({});
  before.locations[0].id = model::LocationId{"port"};
  Scenario after = before;
  after.locations[0].row.extras = {{"cranes", "4"}};
  RowDifference const expected{
      Table::kLocations, "port", RowChange::kChanged, {{"cranes", "", "4"}}};
  EXPECT_EQ(difference(before, after).rows, std::vector<RowDifference>{expected});
}

TEST(ScenarioDifference, AnAreasShapeIsACell) {
  Scenario before;
  before.areas.push_back({});
  before.areas[0].id = model::AreaId{"east"};
  before.areas[0].parts = {model::Point{{model::Degrees{10}, model::Degrees{50}}}};
  Scenario after = before;
  after.areas[0].parts = {model::Point{{model::Degrees{11}, model::Degrees{50}}}};
  auto const found = difference(before, after);
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.rows[0].cells.at(0).column, "geometry");
}

}  // namespace
}  // namespace guarantor::tables
