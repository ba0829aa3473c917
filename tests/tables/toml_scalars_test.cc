#include "guarantor/tables/toml_scalars.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace guarantor::tables {
namespace {

TEST(TomlScalars, DatesMayBeTomlDatesOrText) {
  Diagnostics log{10};
  TomlScalars const read =
      read_toml("as_of = 2026-01-06\nc_day = \"2026-06-01\"\n", "s.toml", {}, log);
  EXPECT_EQ(read.scalars.values.at("as_of").cell.text, "2026-01-06");
  EXPECT_EQ(read.scalars.values.at("c_day").cell.text, "2026-06-01");
}

TEST(TomlScalars, TextsHoldWhatTablesCanHold) {
  Diagnostics log{10};
  TomlScalars const read =
      read_toml("title = \"\"\"a\r\nb\"\"\"\r\nmarking = \"\\u0007\"\n", "s.toml", {}, log);
  EXPECT_EQ(read.scalars.values.at("title").cell.text, "a\nb");
  auto const told = log.take("s.toml");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(print(told[0]), "s.toml:3:11: error: marking holds a control character; remove it");
}

TEST(TomlScalars, ALineThatIsWrongLeavesTheOthersToBeJudged) {
  Diagnostics log{10};
  TomlScalars const read = read_toml(
      "title = A small case\nkind = 7\nhorizon_months = 12\n[title.x]\n", "s.toml", {}, log);
  EXPECT_TRUE(read.scalars.whole);
  EXPECT_EQ(read.scalars.unusable, (std::set<std::string>{"kind", "title"}));
  EXPECT_EQ(read.scalars.values.at("horizon_months").cell.text, "12");
  std::vector<std::string> told;
  for (Diagnostic const& diagnostic : log.take("s.toml")) {
    told.push_back(print(diagnostic));
  }
  EXPECT_EQ(told,
            (std::vector<std::string>{
                "s.toml:1:9: error: `A` is not a value; put text in quotes",
                "s.toml:2:8: error: kind is of the wrong type; write text in quotes",
                "s.toml:4:1: error: `title` stands in line 1 already; every key stands once"}));
}

TEST(TomlScalars, WithoutItsBaseNothingIsKnownToBeMissing) {
  Diagnostics log{10};
  EXPECT_FALSE(read_toml("extends = ../ukraine\n", "s.toml", {}, log).scalars.whole);
  EXPECT_FALSE(read_toml("tit le = \"x\"\n", "s.toml", {}, log).scalars.whole);
  EXPECT_TRUE(read_toml("extends = \"../ukraine\"\n", "s.toml", {}, log).extends.has_value());
}

TEST(TomlScalars, KeysOfTablesAreUnknown) {
  Diagnostics log{10};
  TomlScalars const read = read_toml("[scenario]\ntitle = \"x\"\n", "s.toml", {}, log);
  EXPECT_TRUE(read.scalars.values.empty());
  auto const told = log.take("s.toml");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(print(told[0]), "s.toml:1:1: warning: a scenario has no `scenario`; it is not used");
  EXPECT_EQ(print(told[1]),
            "s.toml:2:1: warning: a scenario has no `scenario.title`; it is not used");
}

TEST(TomlScalars, ATextIsPlacedBehindItsQuotes) {
  Diagnostics log{10};
  TomlScalars const read =
      read_toml("title = \"\"\"\nx\"\"\"\nkind = 'case'\nformat = 1\n", "s.toml", {}, log);
  auto const place = [&](char const* key) {
    return place_in("s.toml", read.scalars.values.at(key).cell);
  };
  EXPECT_EQ(place("title"), (Place{"s.toml", 2, 1}));
  EXPECT_EQ(place("kind"), (Place{"s.toml", 3, 9}));
  EXPECT_EQ(place("format"), (Place{"s.toml", 4, 10}));
}

TEST(TomlScalars, WrittenReadsBack) {
  model::Header header;
  header.id = model::ScenarioId{"x"};
  header.title = "Quotes \" and \\ and\nlines\tand Київ";
  header.tier_weights = {1e300, 0.1, 1e-300};
  Diagnostics log{10};
  FaultyCells faulty;
  model::Header const again =
      read_scalars(read_toml(write_toml(header), "s.toml", {}, log).scalars, log, faulty);
  EXPECT_EQ(again, header);
  EXPECT_FALSE(log.has_errors());
}

}  // namespace
}  // namespace guarantor::tables
