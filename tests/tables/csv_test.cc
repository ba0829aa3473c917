#include "guarantor/tables/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guarantor::tables {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Reading {
  RawTable table;
  std::vector<std::string> told;
};

Reading read(std::string_view text, Limits const& limits = {}) {
  Diagnostics log{limits.diagnostics};
  Reading reading{read_csv(text, "t.csv", limits, log), {}};
  for (Diagnostic const& diagnostic : log.take("t.csv")) {
    reading.told.push_back(print(diagnostic));
  }
  return reading;
}

Rows texts(RawTable const& table) {
  Rows rows;
  for (RawRow const& row : table.rows) {
    auto& cells = rows.emplace_back();
    for (Cell const& cell : row.cells) {
      cells.push_back(cell.text);
    }
  }
  return rows;
}

TEST(Csv, ReadsQuotesLineBreaksAndBothLineEnds) {
  Reading const reading = read("a,b\r\n\"x, \"\"y\"\"\r\nz\",\n1,2");
  EXPECT_EQ(texts(reading.table), (Rows{{"x, \"y\"\nz", ""}, {"1", "2"}}));
  EXPECT_TRUE(reading.told.empty());
  EXPECT_TRUE(reading.table.whole);
}

TEST(Csv, PassesOverByteOrderMarksAndRowsWithoutText) {
  Reading const reading = read(
      "\xEF\xBB\xBF\xEF\xBB\xBF"
      "a,b\n\n,\n1,2\n\n");
  EXPECT_EQ(reading.table.header.front().text, "a");
  EXPECT_EQ(texts(reading.table), (Rows{{"1", "2"}}));
}

TEST(Csv, PlacesCountCharactersAndDoubledQuotes) {
  Reading const reading = read("a,b\nКиїв,\"x\"\"y\nz\"\n");
  Cell const& cell = reading.table.rows.front().cells[1];
  EXPECT_EQ(place_in("t", cell), (Place{"t", 2, 7}));      // after the opening quote
  EXPECT_EQ(place_in("t", cell, 2), (Place{"t", 2, 10}));  // y, behind a doubled quote
  EXPECT_EQ(place_in("t", cell, 4), (Place{"t", 3, 1}));   // z
}

TEST(Csv, StopsAtTheLimitOfRows) {
  Reading const reading = read("a\n1\n2\n3\n", {.rows = 2});
  EXPECT_EQ(texts(reading.table).size(), 2U);
  EXPECT_FALSE(reading.table.whole);
  EXPECT_EQ(reading.told,
            std::vector<std::string>{"t.csv:4: error: the table has more than 2 rows; split the "
                                     "scenario or raise the limit"});
}

TEST(Csv, GoesOnAfterARaggedRow) {
  Reading const reading = read("a,b\n1\n1,2,3\n4,5\n");
  EXPECT_EQ(reading.told.size(), 2U);
  EXPECT_EQ(texts(reading.table), (Rows{{"1"}, {"1", "2"}, {"4", "5"}}));
  EXPECT_TRUE(reading.table.rows[0].ragged);
  EXPECT_FALSE(reading.table.rows[2].ragged);
}

TEST(Csv, WritesQuotesOnlyWhereTheyMustBe) {
  TextTable const table{{"a", "b"}, {{"x y", "1,2"}, {"\"q\"", "a\nb"}, {" x", ""}}};
  EXPECT_EQ(write_csv(table), "a,b\nx y,\"1,2\"\n\"\"\"q\"\"\",\"a\nb\"\n x,\n");
}

// Found by csv_fuzz: a header that began with a second byte order mark lost it on the way back.
TEST(Csv, AByteOrderMarkInAQuotedHeaderSurvives) {
  TextTable const table{{"\xEF\xBB\xBF"
                         "a"},
                        {}};
  EXPECT_EQ(read(write_csv(table)).table.header.front().text, table.header.front());
}

}  // namespace
}  // namespace guarantor::tables
