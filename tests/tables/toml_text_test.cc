#include "guarantor/tables/toml_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guarantor::tables {
namespace {

struct Reading {
  std::optional<TomlText> text;
  std::string rest;
  std::vector<std::string> told;
};

Reading read(std::string_view text, TomlTextPlace where = TomlTextPlace::kValue) {
  Diagnostics log{10};
  std::string const file = "t";
  TomlCursor cursor{text, file, 10, log};
  Reading reading{read_toml_text(cursor, where), std::string{cursor.rest()}, {}};
  for (Diagnostic const& diagnostic : log.take(file)) {
    reading.told.push_back(print(diagnostic));
  }
  return reading;
}

/// The text of a source that is wholly one good text.
std::string good(std::string_view text) {
  Reading const reading = read(text);
  EXPECT_TRUE(reading.told.empty());
  EXPECT_EQ(reading.rest, "");
  return reading.text && reading.text->good ? reading.text->text : "(not good)";
}

/// What is told of a source.
std::string told(std::string_view text) {
  Reading const reading = read(text);
  EXPECT_EQ(reading.told.size(), 1U);
  EXPECT_FALSE(reading.text && reading.text->good);
  return reading.told.empty() ? "" : reading.told.front();
}

TEST(TomlText, BasicTextsHaveEscapes) {
  EXPECT_EQ(good(R"("")"), "");
  EXPECT_EQ(good(R"("a\b\t\n\f\r\"\\z")"), "a\b\t\n\f\r\"\\z");
  EXPECT_EQ(good(R"("\u0041\u007f\u0416\u20AC\U0001F600")"), "A\x7FЖ€😀");
  EXPECT_EQ(good("\"Київ\t#[=\""), "Київ\t#[=");
}

TEST(TomlText, LiteralTextsHaveNone) {
  EXPECT_EQ(good(R"('C:\new "x"')"), R"(C:\new "x")");
  EXPECT_EQ(good("''"), "");
}

TEST(TomlText, TextsOfSeveralLines) {
  EXPECT_EQ(good("\"\"\"\"\"\""), "");
  EXPECT_EQ(good("\"\"\"\na\r\nb\n\"\"\""), "a\nb\n");
  EXPECT_EQ(good("\"\"\"\r\na \\  \r\n\n  \tb\"\"\""), "a b");
  EXPECT_EQ(good("\"\"\"x\\\n  Київ\"\"\""), "xКиїв");
  EXPECT_EQ(good(R"("""a"b""c\"""")"), R"(a"b""c")");
  EXPECT_EQ(good(R"("""a""""")"), R"(a"")");
  EXPECT_EQ(good("'''\na\\\nb'c'''''"), "a\\\nb'c''");
  EXPECT_EQ(read(R"("""a"""""")").rest, "\"");
}

TEST(TomlText, BeginsBehindItsQuotes) {
  EXPECT_EQ(read("'x'").text->at, (LineColumn{1, 2}));
  EXPECT_EQ(read("'''x'''").text->at, (LineColumn{1, 4}));
  EXPECT_EQ(read("'''\nx'''").text->at, (LineColumn{2, 1}));
}

TEST(TomlText, KeysTakeOneLine) {
  EXPECT_EQ(read("\"\"\"a\"\"\"", TomlTextPlace::kKey).rest, "\"a\"\"\"");
}

TEST(TomlText, WhatIsNeverClosedIsToldWhereItOpens) {
  EXPECT_EQ(
      told("\"ab\ncd\""),
      "t:1:1: error: the quote that opens here is never closed; close it with \" on its line");
  EXPECT_EQ(told("'ab"),
            "t:1:1: error: the quote that opens here is never closed; close it with ' on its line");
  EXPECT_EQ(
      told("\"ab\\"),
      "t:1:4: error: `\\` is no escape; for a backslash write \\\\, or put the text in single "
      "quotes");
  EXPECT_EQ(told("'''a\nb''"),
            "t:1:1: error: the quote that opens here is never closed; close it with '''");
  EXPECT_EQ(read("\"ab\ncd\"").rest, "\ncd\"");
}

TEST(TomlText, EscapesThatAreNone) {
  std::string const hint = "; for a backslash write \\\\, or put the text in single quotes";
  EXPECT_EQ(told(R"("C:\data\q")"), "t:1:4: error: `\\d` is no escape" + hint);
  EXPECT_EQ(told(R"("\Ж")"), "t:1:2: error: `\\Ж` is no escape" + hint);
  EXPECT_EQ(told("\"\\  \""), "t:1:2: error: `\\ ` is no escape" + hint);
  EXPECT_EQ(told(R"("\u12G4")"), "t:1:2: error: 4 hexadecimal digits must follow `\\u`" + hint);
  EXPECT_EQ(told(R"("\U1234567")"), "t:1:2: error: 8 hexadecimal digits must follow `\\U`" + hint);
  EXPECT_EQ(told(R"("\uD800")"), "t:1:2: error: `\\uD800` is no character" + hint);
  EXPECT_EQ(told(R"("\U00110000")"), "t:1:2: error: `\\U00110000` is no character" + hint);
}

TEST(TomlText, ControlCharactersAreToldOnceALine) {
  Reading const reading = read("'''a\x01\x02\nb\x7F\n\tc'''");
  EXPECT_FALSE(reading.text->good);
  EXPECT_EQ(reading.told, (std::vector<std::string>{
                              "t:1:5: error: a control character (0x01) stands here; remove it",
                              "t:2:2: error: a control character (0x7F) stands here; remove it"}));
  EXPECT_EQ(told("\"a\rb\""),
            "t:1:3: error: a line ends with a carriage return alone; lines end with LF or CRLF; "
            "save the file again");
}

}  // namespace
}  // namespace guarantor::tables
