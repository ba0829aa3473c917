#include "guarantor/tables/toml_word.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace guarantor::tables {
namespace {

/// What a word says: a letter for its kind, and its text; or the problem with it.
std::string reading(std::string_view word) {
  auto const read = read_toml_word(word);
  if (auto const* const problem = std::get_if<CellProblem>(&read)) {
    return problem->message;
  }
  TomlValue const& value = std::get<TomlValue>(read);
  switch (value.kind) {
    case TomlKind::kInteger:
      return "i " + value.text;
    case TomlKind::kFloat:
      return "f " + value.text;
    case TomlKind::kBoolean:
      return "b " + value.text;
    case TomlKind::kDate:
      return "d " + value.text;
    default:
      return "?";
  }
}

TEST(TomlWord, Integers) {
  EXPECT_EQ(reading("0"), "i 0");
  EXPECT_EQ(reading("+7"), "i 7");
  EXPECT_EQ(reading("-12"), "i -12");
  EXPECT_EQ(reading("1_000_000"), "i 1000000");
  EXPECT_EQ(reading("9223372036854775807"), "i 9223372036854775807");
  EXPECT_EQ(reading("-9223372036854775808"), "i -9223372036854775808");
  EXPECT_EQ(reading("9223372036854775808"), "`9223372036854775808` is too large a number");
  EXPECT_EQ(reading("012"), "`012` begins with a zero");
  for (char const* const word : {"1_", "_1", "1__0", "+", "-", "--1", "1a", "+-1"}) {
    EXPECT_EQ(reading(word), "`" + std::string{word} + "` is not a value");
  }
}

TEST(TomlWord, IntegersInOtherBases) {
  EXPECT_EQ(reading("0xDEAD_beef"), "i 3735928559");
  EXPECT_EQ(reading("0o755"), "i 493");
  EXPECT_EQ(reading("0b1101"), "i 13");
  EXPECT_EQ(reading("0x00ff"), "i 255");
  EXPECT_EQ(reading("0xFFFFFFFFFFFFFFFF"), "`0xFFFFFFFFFFFFFFFF` is too large a number");
  for (char const* const word : {"0x", "0xG", "0o8", "0b2", "+0x1", "0X1", "0x_1", "0x1_"}) {
    EXPECT_EQ(reading(word), "`" + std::string{word} + "` is not a value");
  }
}

TEST(TomlWord, Floats) {
  EXPECT_EQ(reading("3.14"), "f 3.14");
  EXPECT_EQ(reading("+1_0.2_5"), "f 10.25");
  EXPECT_EQ(reading("-0.0"), "f -0.0");
  EXPECT_EQ(reading("5e+22"), "f 5e+22");
  EXPECT_EQ(reading("6.6E-034"), "f 6.6e-034");
  EXPECT_EQ(reading("inf"), "f inf");
  EXPECT_EQ(reading("-inf"), "f -inf");
  EXPECT_EQ(reading("+nan"), "f nan");
  EXPECT_EQ(reading("00.5"), "`00.5` begins with a zero");
  for (char const* const word : {".5", "5.", "5.e3", "1e", "1e+", "1.2.3", "1._5", "Inf", "NaN"}) {
    EXPECT_EQ(reading(word), "`" + std::string{word} + "` is not a value");
  }
}

TEST(TomlWord, BooleansAreWrittenSmall) {
  EXPECT_EQ(reading("true"), "b true");
  EXPECT_EQ(reading("false"), "b false");
  EXPECT_EQ(reading("True"), "`True` is not a value");
  EXPECT_EQ(reading("yes"), "`yes` is not a value");
}

TEST(TomlWord, DatesAreDaysThatExist) {
  EXPECT_EQ(reading("2026-01-06"), "d 2026-01-06");
  EXPECT_EQ(reading("2024-02-29"), "d 2024-02-29");
  EXPECT_EQ(reading("2026-02-29"), "there is no day 2026-02-29");
  EXPECT_EQ(reading("2026-13-01"), "there is no day 2026-13-01");
  EXPECT_EQ(reading("2026-01-00"), "there is no day 2026-01-00");
  EXPECT_EQ(reading("01.06.2026"), "`01.06.2026` is not a value");
  EXPECT_EQ(reading("2026-1-6"), "`2026-1-6` is not a value");
  EXPECT_EQ(reading("2026-01-061"), "`2026-01-061` is not a value");
}

TEST(TomlWord, TimesAreRefused) {
  EXPECT_EQ(reading("2026-01-06T07:32:00Z"), "`2026-01-06T07:32:00Z` is a date with a time");
  EXPECT_EQ(reading("2026-01-06 07:"), "`2026-01-06 07:` is a date with a time");
  EXPECT_EQ(reading("07:32:00"), "`07:32:00` is a time of day");
}

}  // namespace
}  // namespace guarantor::tables
