#include "release_matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace guarantor::release_matrix {
namespace {

using model::Table;
using policy::Role;
using policy::TableRule;

std::vector<TableRule> rules() {
  auto const table = policy::release_table();
  return {table.begin(), table.end()};
}

TableRule& rule(std::vector<TableRule>& rules, Table table) {
  return *std::ranges::find(rules, table, &TableRule::table);
}

bool told(std::vector<std::string> const& flaws, std::string const& flaw) {
  return std::ranges::find(flaws, flaw) != flaws.end();
}

TEST(ReleaseMatrix, RulesAndSchemaFit) {
  EXPECT_EQ(flaws(schema_columns(), rules()), std::vector<std::string>{});
}

TEST(ReleaseMatrix, ANewColumnWithoutARuleIsAFlaw) {
  auto schema = schema_columns();
  for (TableColumns& table : schema) {
    auto const whole = table.columns;
    table.columns.push_back({"brand_new", false});
    EXPECT_TRUE(told(flaws(schema, rules()),
                     std::string{model::text(table.table)} +
                         ": the column `brand_new` has 0 rules of release, not one"));
    table.columns = whole;
  }
}

TEST(ReleaseMatrix, ARuleWithoutAColumnIsAFlaw) {
  auto schema = schema_columns();
  for (TableColumns& table : schema) {
    auto const whole = table.columns;
    auto const name = table.columns.front().name;
    table.columns.erase(table.columns.begin());
    EXPECT_TRUE(told(flaws(schema, rules()), std::string{model::text(table.table)} +
                                                 ": a rule names `" + name +
                                                 "`, which is no column"));
    table.columns = whole;
  }
}

TEST(ReleaseMatrix, ATableWithoutARuleIsAFlaw) {
  auto fewer = rules();
  std::erase_if(fewer, [](TableRule const& rule) { return rule.table == Table::kDemands; });
  EXPECT_TRUE(told(flaws(schema_columns(), fewer), "demands: no rule of release"));
}

TEST(ReleaseMatrix, ARuleThatHidesWhatCannotBeEmptyIsAFlaw) {
  auto other = rules();
  rule(other, Table::kRates).with_row = "per_unit date source source_date confidence note";
  rule(other, Table::kRates).planners = "currency";
  EXPECT_TRUE(told(flaws(schema_columns(), other),
                   "rates: the column `currency` is hidden by a rule and cannot be empty"));
}

TEST(ReleaseMatrix, AColumnWithTwoRulesIsAFlaw) {
  auto other = rules();
  rule(other, Table::kPledges).planners = "lift";
  EXPECT_TRUE(told(flaws(schema_columns(), other),
                   "pledges: the column `lift` has 2 rules of release, not one"));
}

TEST(ReleaseMatrix, OwnersNeedTheListThatReleases) {
  auto other = rules();
  rule(other, Table::kCeilings).row = policy::RowRule::kOwner;
  auto const found = flaws(schema_columns(), other);
  EXPECT_TRUE(told(found, "ceilings: says not whose a row is"));
  EXPECT_TRUE(told(found, "ceilings: rows with an owner, and no releasable_to"));
  rule(other, Table::kPledges).row = policy::RowRule::kSignedIn;
  EXPECT_TRUE(told(flaws(schema_columns(), other), "pledges: releasable_to, and no owner"));
}

/// What must be so whatever the tables come to say.
TEST(ReleaseMatrix, HoldsWhatNationsWerePromised) {
  for (TableColumns const& table : schema_columns()) {
    TableRule const& rule = policy::rule_of(table.table);
    for (Column const& column : table.columns) {
      auto const cell = [&](Role role) { return reads(role, rule, column.name); };
      EXPECT_EQ(cell(Role::kPlanner), "yes") << column.name;
      EXPECT_EQ(cell(Role::kAuditor), "yes") << column.name;
      if (rule.row == policy::RowRule::kOwner) {
        EXPECT_NE(cell(Role::kPublic), "yes") << column.name;
        EXPECT_NE(cell(Role::kController), "yes") << column.name;
        EXPECT_TRUE(cell(Role::kDelegate).starts_with("own + ")) << column.name;
      }
    }
  }
  auto const& pledges = policy::rule_of(Table::kPledges);
  for (auto const* const sensitive :
       {"notice_days", "readiness", "lift", "cost_per_unit_month", "note"}) {
    EXPECT_EQ(reads(Role::kDelegate, pledges, sensitive), "own + by name") << sensitive;
    EXPECT_EQ(reads(Role::kPublic, pledges, sensitive), "by name") << sensitive;
  }
  auto const& conditions = policy::rule_of(Table::kConditions);
  for (auto const* const guess : {"probability", "given", "revoke_per_month"}) {
    EXPECT_EQ(reads(Role::kDelegate, conditions, guess), "-") << guess;
    EXPECT_EQ(reads(Role::kPublic, conditions, guess), "-") << guess;
  }
  EXPECT_EQ(policy::rule_of(Table::kOffers).row, policy::RowRule::kFollows);
  EXPECT_EQ(policy::rule_of(Table::kAssessments).row, policy::RowRule::kOwner);
}

std::string content(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Whoever changes a rule changes this file too, where people read it. Copy the build's over it.
TEST(ReleaseMatrix, IsTheOneThatPeopleRead) {
  EXPECT_EQ(to_text(), content("tests/golden/release_matrix.txt"));
  EXPECT_EQ(to_text(), content(GUARANTOR_MATRIX));
}

TEST(ReleaseMatrix, TheCsvHasEveryOperationKindAndColumn) {
  auto const csv = to_csv(schema_columns());
  EXPECT_NE(csv.find("read,pledges,lift,owner,named,own + by name,yes,by name"), std::string::npos);
  EXPECT_NE(csv.find("offer,pledges,,,,own,yes,-"), std::string::npos);
  auto const lines = static_cast<std::size_t>(std::ranges::count(csv, '\n'));
  std::size_t columns = 0;
  for (TableColumns const& table : schema_columns()) {
    columns += table.columns.size();
  }
  EXPECT_GT(lines, columns);
}

}  // namespace
}  // namespace guarantor::release_matrix
