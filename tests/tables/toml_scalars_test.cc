#include "guarantor/tables/toml_scalars.h"

#include <gtest/gtest.h>

#include <string>

#include "guarantor/tables/toml_hazard.h"

namespace guarantor::tables {
namespace {

std::optional<std::size_t> hazard(std::string_view text) {
  auto const found = find_toml_hazard(text, 3);
  return found ? std::optional{found->offset} : std::nullopt;
}

TEST(TomlHazard, CountsBracketsAndDotsOutsideStringsAndComments) {
  EXPECT_FALSE(hazard("a = [[[1]]]\nb = [[[2]]]"));
  EXPECT_EQ(hazard("a = [[[[1]]]]"), 7U);
  EXPECT_EQ(hazard("a.b.c.d.e = 1"), 7U);
  EXPECT_FALSE(hazard("a = 1.5\nb = 2.5\nc = 3.5\nd = 4.5"));
  EXPECT_FALSE(hazard("a = \"[[[[....\" # [[[[ ....\nb = '''[[[[\n....'''"));
  EXPECT_FALSE(hazard("a = \"\"\"quote\"\"\"\"\"\nb = \"[[[[\""));
}

// Found by toml_fuzz: a bare key with U+0638 ran into undefined behaviour of the TOML library.
TEST(TomlHazard, LettersBeyondAsciiStandInQuotesOrComments) {
  EXPECT_EQ(hazard("f \xD8\xB8 = 1"), 2U);
  EXPECT_FALSE(hazard("title = \"Київ\" # Київ"));
}

// Found by toml_fuzz: behind a quote in the middle of a word the same letters got through.
TEST(TomlHazard, QuotesBeginOnlyWhereTextCan) {
  EXPECT_EQ(hazard("a = 5le\\\"t:e\xD0\x9A \""), 8U);
  EXPECT_EQ(hazard("a = \"x\" \"Київ\""), 8U);
  EXPECT_EQ(hazard("a = 1d.'Київ'"), 7U);
  EXPECT_EQ(hazard("a = 5[\"Київ\"]"), 5U);
  EXPECT_EQ(hazard("a = 5=\"Київ\""), 5U);
  EXPECT_FALSE(
      hazard("[a.'b']\n[[c]]\nd = [ [1], # x\n  [2],\n]\ne = {f = {g = 'x'}, h = [{i = 1}]}"));
  EXPECT_FALSE(hazard("\"a\".'b' = [\"x\" , 'y',\n\"z\"] # \"\n'c' = {\"d\" = 'e'}"));
}

// Found by toml_fuzz: the same letters right after an escaped line break.
TEST(TomlHazard, NoLetterBeyondAsciiFollowsAnEscapedLineBreak) {
  EXPECT_EQ(hazard("a = \"\"\"x\\\n  Київ\"\"\""), 8U);
  EXPECT_FALSE(hazard("a = \"\"\"x\\\n  Kyiv\"\"\""));
}

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
