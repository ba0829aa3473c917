#include "guarantor/tables/toml.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/tables/toml_names.h"

namespace guarantor::tables {
namespace {

struct Reading {
  TomlDocument document;
  std::vector<std::string> told;
};

Reading read(std::string_view text, Limits const& limits = {}) {
  Diagnostics log{limits.diagnostics};
  Reading reading{parse_toml(text, "t", limits, log), {}};
  for (Diagnostic const& diagnostic : log.take("t")) {
    reading.told.push_back(print(diagnostic));
  }
  return reading;
}

std::string print_value(TomlValue const& value) {
  switch (value.kind) {
    case TomlKind::kText:
      return "'" + value.text + "'";
    case TomlKind::kTable:
      return "table";
    case TomlKind::kList: {
      std::string items;
      for (TomlValue const& item : value.items) {
        items += (items.empty() ? "" : " ") + print_value(item);
      }
      return "[" + items + "]";
    }
    default:
      return value.text;
  }
}

/// `line:column name = value` of every entry.
std::vector<std::string> entries(TomlDocument const& document) {
  std::vector<std::string> texts;
  for (TomlEntry const& entry : document.entries) {
    texts.push_back(fmt::format("{}:{} {} = {}", entry.at.line, entry.at.column, entry.name,
                                entry.value ? print_value(*entry.value) : "?"));
  }
  return texts;
}

using Lines = std::vector<std::string>;

/// The entries of a text about which nothing is to be said.
Lines good(std::string_view text) {
  Reading const reading = read(text);
  EXPECT_EQ(reading.told, Lines{});
  EXPECT_TRUE(reading.document.whole);
  return entries(reading.document);
}

Lines told(std::string_view text) {
  return read(text).told;
}

TEST(Toml, KeysValuesBlankLinesAndComments) {
  EXPECT_EQ(good(""), Lines{});
  EXPECT_EQ(good("# Київ [ = \"\n\n \t\na=1#x\r\n\tb  =\t'y'  # z\r\n1-_ = true"),
            (Lines{"4:1 a = 1", "5:2 b = 'y'", "6:1 1-_ = true"}));
  EXPECT_EQ(good("\xEF\xBB\xBF"
                 "a = 2026-01-06"),
            Lines{"1:1 a = 2026-01-06"});
  EXPECT_EQ(good("a = 2026-01-06 # 07:00"), Lines{"1:1 a = 2026-01-06"});
}

TEST(Toml, ColumnsCountCharacters) {
  Reading const reading = read("\"Київ\" = ['Львів', 7]");
  TomlValue const& list = *reading.document.entries.front().value;
  EXPECT_EQ(list.at, (LineColumn{1, 10}));
  EXPECT_EQ(list.items[0].text_at, (LineColumn{1, 12}));
  EXPECT_EQ(list.items[1].at, (LineColumn{1, 20}));
}

TEST(Toml, QuotedAndDottedKeys) {
  EXPECT_EQ(
      good("\"a\" = 1\n'b c' = 2\nd . 'e'.\"f.g\" = 3\n\"\" = 4\n1.2 = 5"),
      (Lines{"1:1 a = 1", "2:1 b c = 2", "3:1 d.e.\"f.g\" = 3", "4:1 \"\" = 4", "5:1 1.2 = 5"}));
}

TEST(Toml, TablesGiveDottedNames) {
  EXPECT_EQ(
      good("a = 1\n[t] # x\na = 2\n [ u . 'v' ]\nb.c = 3"),
      (Lines{"1:1 a = 1", "2:1 t = table", "3:1 t.a = 2", "4:2 u.v = table", "5:1 u.v.b.c = 3"}));
}

TEST(Toml, Lists) {
  EXPECT_EQ(good("a = []\nb = [ # x\n  1, 'y' ,\n\n  [2, [3]], # ]\r\n]\nc = [1,2,]"),
            (Lines{"1:1 a = []", "2:1 b = [1 'y' [2 [3]]]", "7:1 c = [1 2]"}));
}

TEST(Toml, AKeyThatStandsTwiceNamesTheFirstLine) {
  Reading const reading = read("a = 1\nb = 2\n\"a\" = 3\nb.c = 4\n[d]\n[d]\ne = 5\n[f]\ne = 6");
  EXPECT_EQ(reading.told,
            (Lines{"t:3:1: error: `a` stands in line 1 already; every key stands once",
                   "t:4:1: error: `b` stands in line 2 already; every key stands once",
                   "t:6:1: error: `d` stands in line 5 already; every key stands once"}));
  EXPECT_EQ(entries(reading.document),
            (Lines{"1:1 a = 1", "2:1 b = 2", "5:1 d = table", "8:1 f = table", "9:1 f.e = 6"}));
}

TEST(Toml, GoesOnBehindEveryWrongLine) {
  Reading const reading = read(
      "a = x y\nb\n= 1\nc = \nd = 1,5\n\"e = 1\nf = \"x\n"
      "\xD0\x96 = 1\ng: 2\nh = 'x' 'y'\ni = 9");
  EXPECT_EQ(reading.told,
            (Lines{"t:1:5: error: `x` is not a value; put text in quotes",
                   "t:2:2: error: `=` is missing after the key `b`; lines are key = value, with "
                   "text in quotes",
                   "t:3:1: error: a key is missing; lines are key = value, with text in quotes",
                   "t:4:5: error: a value is missing; lines are key = value, with text in quotes",
                   "t:5:6: error: `,` stands behind the end of the line's value; decimals are "
                   "written with a point, lists in brackets",
                   "t:6:1: error: the quote that opens here is never closed; close it with \" on "
                   "its line",
                   "t:7:5: error: the quote that opens here is never closed; close it with \" on "
                   "its line",
                   "t:8:1: error: `Ж` cannot stand in a key; a key is made of a-z, A-Z, 0-9, _ and "
                   "-, or stands in quotes",
                   "t:9:2: error: `=` is missing after the key `g`; lines are key = value, with "
                   "text in quotes",
                   "t:10:9: error: `'` stands behind the end of the line's value; lines are key = "
                   "value, with text in quotes"}));
  EXPECT_EQ(entries(reading.document), (Lines{"1:1 a = ?", "4:1 c = ?", "5:1 d = ?", "7:1 f = ?",
                                              "10:1 h = ?", "11:1 i = 9"}));
  EXPECT_FALSE(reading.document.whole);
}

TEST(Toml, AKnownKeyWithAWrongValueHidesNothing) {
  Reading const reading = read("a = x\nb = [1, y]\nc = 'z");
  EXPECT_EQ(reading.told.size(), 3U);
  EXPECT_TRUE(reading.document.whole);
}

TEST(Toml, OneErrorALine) {
  EXPECT_EQ(told("a = \"\\q\\q\x01\" x # \x02").size(), 1U);
  EXPECT_EQ(told("a = 1\na = \"\\q\"").size(), 1U);
}

TEST(Toml, BrokenLists) {
  std::string const closed = "the list that opens here is never closed; close it with ]";
  EXPECT_EQ(told("a = [1, 2"), Lines{"t:1:5: error: " + closed});
  EXPECT_EQ(told("a = [1, [2,"), Lines{"t:1:9: error: " + closed});
  for (std::string_view const text :
       {"a = [1,\n  2 # x\nb = 3", "a = [1,\n  2,\n  b = 3", "a = [[1],\nb = 3"}) {
    Reading const reading = read(text);
    EXPECT_EQ(reading.told, Lines{"t:1:5: error: " + closed});
    ASSERT_EQ(reading.document.entries.size(), 2U);
    EXPECT_EQ(print_value(*reading.document.entries[1].value), "3");
  }
  std::string const comma =
      "a comma or `]` is missing in the list; a list is written like [1000, 100, 10, 1]";
  EXPECT_EQ(told("a = [1 2]\nb = 3"), Lines{"t:1:8: error: " + comma});
  EXPECT_EQ(told("a = [1\n 2\n ]\nb = 3"), Lines{"t:2:2: error: " + comma});
  EXPECT_EQ(told("a = [1,,2]").front().substr(0, 30), "t:1:8: error: a value is missi");
}

TEST(Toml, ABrokenListIsLeftAtItsEndOrTheNextKey) {
  for (std::string_view const list : {"[x, ['y]', [2]], 3]", "[[x],\n # ]\n \"]\", [\n 5 ] ]",
                                      "[x,\n 1,\n", "['open,\n 'x'\n]", "[1 'a\\']"}) {
    Reading const reading = read(fmt::format("a = {}\nb = 3\nc = 4", list));
    EXPECT_EQ(reading.told.size(), 1U) << list;
    ASSERT_EQ(reading.document.entries.size(), 3U) << list;
    EXPECT_EQ(print_value(*reading.document.entries[1].value), "3");
  }
}

TEST(Toml, TextThatIsNeverClosedEndsTheReading) {
  Reading const reading = read("a = 1\nb = \"\"\"x\nc = 2\n");
  EXPECT_EQ(reading.told, Lines{"t:2:5: error: the quote that opens here is never closed; close it "
                                "with \"\"\""});
  EXPECT_EQ(entries(reading.document), (Lines{"1:1 a = 1", "2:1 b = ?"}));
  EXPECT_FALSE(reading.document.whole);
}

TEST(Toml, WhatAFlatFileDoesNotHave) {
  std::string const flat = "; a scenario.toml is flat: lines are key = value";
  EXPECT_EQ(told("a = {b = 1}\n[[c]]\nd = 2\n"),
            (Lines{"t:1:5: error: a table in braces is not read here" + flat,
                   "t:2:1: error: a list of tables is not read here" + flat}));
  EXPECT_EQ(told("a = [{b = 1}, 2]"),
            Lines{"t:1:6: error: a table in braces is not read here" + flat});
  EXPECT_EQ(
      told("a = 2026-01-06 07:32:00"),
      Lines{"t:1:5: error: `2026-01-06 07:32:00` is a date with a time; write the date alone, e.g. "
            "2026-06-01"});
}

TEST(Toml, BrokenHeaders) {
  Reading const reading = read("[a b]\nx = 1\n[c\ny = 2\n[]\n[d] e\nz = 3");
  EXPECT_EQ(reading.told,
            (Lines{"t:1:4: error: `]` is missing after the name of the table; a scenario.toml is "
                   "flat: lines are key = value",
                   "t:3:3: error: `]` is missing after the name of the table; a scenario.toml is "
                   "flat: lines are key = value",
                   "t:5:2: error: a key is missing; lines are key = value, with text in quotes",
                   "t:6:5: error: `e` stands behind the end of the line's value; lines are key = "
                   "value, with text in quotes"}));
  EXPECT_EQ(entries(reading.document), (Lines{"6:1 d = table", "7:1 d.z = 3"}));
  EXPECT_FALSE(reading.document.whole);
}

TEST(Toml, NestingIsLimited) {
  Limits const limits{.nesting = 3};
  EXPECT_EQ(read("a = [[[1]]]\nb.c.d.e = 1\n[f.g.h.i]", limits).told, Lines{});
  std::string const deep = "nested deeper than 3; a scenario.toml is flat";
  EXPECT_EQ(read("a = [[[[1]]]]\nb = 2", limits).told, Lines{"t:1:8: error: " + deep});
  EXPECT_EQ(read("a.b.c.d.e = 1", limits).told, Lines{"t:1:8: error: " + deep});
  EXPECT_EQ(read("[a.b.c.d.e]", limits).told, Lines{"t:1:9: error: " + deep});
}

TEST(Toml, SizeIsLimited) {
  EXPECT_EQ(told(std::string(256, 'k') + " = 1"), Lines{});
  EXPECT_EQ(told("x = 1\n" + std::string(257, 'k') + " = 1"),
            Lines{"t:2:1: error: the key is longer than 256 bytes; is a quote or a `=` missing?"});
  std::string list = "a = [";
  for (int i = 0; i < 100'000; ++i) {
    list += "1,";
  }
  Reading const reading = read(list + "]\nb = 1");
  EXPECT_EQ(reading.told, Lines{"t:1:200004: error: the file has more than 100000 values; a "
                                "scenario.toml is flat: lines are key = value"});
  EXPECT_FALSE(reading.document.whole);
}

TEST(Toml, NoMoreIsToldThanIsListed) {
  Reading const reading = read("=\n=\n=\n=\n=\n", {.diagnostics = 3});
  ASSERT_EQ(reading.told.size(), 4U);
  EXPECT_EQ(reading.told[3], "t: error: 1 more problems are not listed; mend those above first");
}

TEST(Toml, CharactersThatNoTextHolds) {
  EXPECT_EQ(told("a = '\xFF'"),
            Lines{"t:1:6: error: the byte 0xFF is no UTF-8 text; save it as UTF-8 (in a "
                  "spreadsheet: \"CSV UTF-8\"; in LibreOffice: character set Unicode (UTF-8))"});
  EXPECT_EQ(told(std::string_view{"ab = \0", 6}),
            Lines{"t:1:6: error: a NUL byte stands in the text; the file is damaged or is no text "
                  "file; save it again as UTF-8"});
  std::string const control = "a control character (0x01) stands here; remove it";
  for (auto const& [text, column] : {std::pair{"[\x01"
                                               "f",
                                               2},
                                     {"\x01", 1},
                                     {"a\x01= 1", 2},
                                     {"a = \x01", 5},
                                     {"a = 1\x01", 6},
                                     {"a = [1\x01]", 7},
                                     {"# \x01", 3},
                                     {"[a\x01]", 3},
                                     {"'a\x01' = 1", 3}}) {
    EXPECT_EQ(told(text), Lines{fmt::format("t:1:{}: error: {}", column, control)});
  }
  EXPECT_EQ(told("a = 1\rb = 2\r"),
            Lines{"t:1:6: error: a line ends with a carriage return alone; lines end with LF or "
                  "CRLF; save the file again"});
}

/// Letters that test quotes, escapes, line ends and characters of several bytes.
rc::Gen<std::string> any_text() {
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
          std::vector<std::string>{"a", "B", "7", " ", "\t", "\n", "\"", "'",    "\\",   "#",  "=",
                                   "[", "]", ",", ".", "Ж",  "€",  "😀", "\x01", "\x7F", "\\u"})),
      [](std::vector<std::string> const& parts) {
        std::string text;
        for (std::string const& part : parts) {
          text += part;
        }
        return text;
      });
}

std::string basic_text(std::string const& text, std::string const& quotes) {
  std::string written = quotes;
  for (char const c : text) {
    if (c == '"' || c == '\\') {
      written += std::string{'\\', c};
    } else if (c == '\n' && quotes.size() == 1) {
      written += "\\n";
    } else if (find_control_character(std::string_view{&c, 1})) {
      written += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      written += c;
    }
  }
  return written + quotes;
}

/// Writes a text in one of the ways that can hold it.
std::string any_writing(std::string const& text) {
  bool const control = find_control_character(text).has_value();
  bool const literal = !control && text.find('\'') == std::string::npos;
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return literal ? "'''\n" + text + "'''" : basic_text(text, "\"");
    case 1:
      return literal && text.find('\n') == std::string::npos ? "'" + text + "'"
                                                             : basic_text(text, "\"");
    case 2:
      return "\"\"\"\\\n \n" + basic_text("|" + text, "\"\"\"").substr(3);
    default:
      return basic_text(text, "\"");
  }
}

struct Written {
  std::string toml;
  std::string value;  ///< as `print_value` prints it
};

Written any_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 5 : 4)) {
    case 0: {
      auto const number = *rc::gen::arbitrary<std::int64_t>();
      return {std::to_string(number), std::to_string(number)};
    }
    case 1: {
      std::string const number = fmt::format("{}.{:02}e{}", *rc::gen::inRange(-99, 100),
                                             *rc::gen::inRange(0, 100), *rc::gen::inRange(-9, 9));
      return {number, number};
    }
    case 2: {
      std::string const date = fmt::format("{:04}-{:02}-{:02}", *rc::gen::inRange(0, 10000),
                                           *rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29));
      return {date, date};
    }
    case 3: {
      std::string const text = *any_text();
      std::string const written = any_writing(text);
      return {written, (written.starts_with("\"\"\"") ? "'|" : "'") + text + "'"};
    }
    default: {
      Written list{"[", "["};
      int const items = *rc::gen::inRange(0, 4);
      for (int i = 0; i < items; ++i) {
        Written const item = any_value(depth - 1);
        list.toml += *rc::gen::element<std::string>("", " ", "\n", " # ] x = 1\n\t") + item.toml;
        list.toml += i + 1 < items ? "," : *rc::gen::element<std::string>("", ",", "\n,\n");
        list.value += (i > 0 ? " " : "") + item.value;
      }
      return {list.toml + "]", list.value + "]"};
    }
  }
}

RC_GTEST_PROP(Toml, WhatIsWrittenReadsBack, ()) {
  std::string text;
  std::vector<std::string> values;
  int const keys = *rc::gen::inRange(0, 6);
  for (int i = 0; i < keys; ++i) {
    Written const value = any_value(2);
    std::string const rest = *any_text();
    std::string const key = fmt::format("{}{}", i, rest);
    text += *rc::gen::element<std::string>("", "\n", "# x = [\n", " \t\n ");
    text += basic_text(key, "\"") + *rc::gen::element<std::string>("=", " = ", "\t=  ");
    text += value.toml + *rc::gen::element<std::string>("\n", " # \"x\n", "\t\n");
    values.push_back(dotted(TomlPath{key}) + " = " + value.value);
  }
  bool const windows = *rc::gen::arbitrary<bool>();
  for (std::size_t i = 0; windows && (i = text.find('\n', i)) != std::string::npos; i += 2) {
    text.insert(i, 1, '\r');
  }
  Reading const reading = read(text);
  RC_ASSERT(reading.told.empty());
  RC_ASSERT(reading.document.whole);
  std::vector<std::string> read_back;
  for (TomlEntry const& entry : reading.document.entries) {
    read_back.push_back(entry.name + " = " + print_value(*entry.value));
  }
  RC_ASSERT(read_back == values);
}

RC_GTEST_PROP(Toml, AnyTextIsReadOrToldOnceALine, (std::vector<int> const& choices)) {
  static std::vector<std::string> const kPieces{
      "a",  "b = 1\n", "[",  "]", "=",     "\n",  "\r\n", "\r",   "\"",         "'",  "\"\"\"",
      "\\", "#",       "{",  "}", ",",     ".",   " ",    "\x01", "2026-01-06", "1_", "0x",
      "Ж",  "'''",     "\t", "+", "= [1,", "nan", "\\u",  "[[",   "a.b"};
  std::string text;
  for (int const choice : choices) {
    text += kPieces[static_cast<std::size_t>(static_cast<unsigned>(choice)) % kPieces.size()];
  }
  Diagnostics log{1000};
  TomlDocument const document = parse_toml(text, "t", {}, log);
  std::set<std::uint64_t> lines;
  for (Diagnostic const& diagnostic : log.take("t")) {
    RC_ASSERT(lines.insert(diagnostic.line).second);
    RC_ASSERT(diagnostic.line >= 1 && diagnostic.column >= 1);
  }
  bool faulty = !document.whole;
  for (TomlEntry const& entry : document.entries) {
    faulty = faulty || !entry.value;
  }
  RC_ASSERT(!faulty || !lines.empty());
}

}  // namespace
}  // namespace guarantor::tables
