#include "guarantor/intake/time_format.h"

#include <gtest/gtest.h>

namespace guarantor::intake {
namespace {

/// `from` alone where it is a moment, else `from / to`; `-` where the text is none.
std::string read(std::string_view pattern, std::string_view text, std::string_view zone = "UTC") {
  auto const format = TimeFormat::parse(pattern);
  EXPECT_TRUE(format) << format.error().message;
  auto const span = format.value().read(text, TimeZone::parse(zone).value());
  if (!span) {
    return "-";
  }
  return model::print(span->from) + (span->from == span->to ? "" : " / " + model::print(span->to));
}

TEST(TimeFormat, ReadsWhatThePatternSays) {
  EXPECT_EQ(read("YYYY-MM-DD", "2022-02-24"),
            "2022-02-24T00:00:00.000000Z / 2022-02-24T23:59:59.999999Z");
  EXPECT_EQ(read("D.M.YYYY hh:mm", "4.2.2022 03:05"),
            "2022-02-04T03:05:00.000000Z / 2022-02-04T03:05:59.999999Z");
  EXPECT_EQ(read("DD/MM/YYYY hh", "04/02/2022 23"),
            "2022-02-04T23:00:00.000000Z / 2022-02-04T23:59:59.999999Z");
  EXPECT_EQ(read("YYYYMMDDThhmmssZ", "20220224T030405+0200"), "2022-02-24T01:04:05.000000Z");
  EXPECT_EQ(read("YYYY-MM-DDThh:mm:ss.fZ", "2022-02-24T03:04:05.123456789Z"),
            "2022-02-24T03:04:05.123456Z");
  EXPECT_EQ(read("YYYY-MM-DDThh:mm:ss.fZ", "2022-02-24T03:04:05-03:30"),
            "2022-02-24T06:34:05.000000Z");
  EXPECT_EQ(read("M/D/YYYY h:mm:ss AM", "1/22/2014 12:00:00 AM"), "2014-01-22T00:00:00.000000Z");
  EXPECT_EQ(read("M/D/YYYY h:mm:ss AM", "1/22/2014 12:00:01 pm"), "2014-01-22T12:00:01.000000Z");
  EXPECT_EQ(read("epoch-s", "1645672000"), "2022-02-24T03:06:40.000000Z");
  EXPECT_EQ(read("epoch-ms", "1645672000123"), "2022-02-24T03:06:40.123000Z");
}

TEST(TimeFormat, RefusesWhatDoesNotExist) {
  for (std::string_view const text : {"2022-02-30", "2022-13-01", "2022-00-01", "2022-02-3", "",
                                      "2022-02-240", "2022-02-24 ", "22-02-24", "0000-00-00"}) {
    EXPECT_EQ(read("YYYY-MM-DD", text), "-") << text;
  }
  EXPECT_EQ(read("YYYY-MM-DD hh:mm:ss", "2022-02-24 24:00:00"), "-");
  EXPECT_EQ(read("YYYY-MM-DD hh:mm:ss", "2022-02-24 23:60:00"), "-");
  EXPECT_EQ(read("YYYY-MM-DD h AM", "2022-02-24 13 PM"), "-");
  EXPECT_EQ(read("YYYY-MM-DDZ", "2022-02-24+15"), "-");
  EXPECT_EQ(read("epoch-s", "999999999999999999"), "-");
  EXPECT_FALSE(TimeFormat::parse("YYYY-MM"));
  EXPECT_FALSE(TimeFormat::parse("YYYY-MM-DD xx"));
  EXPECT_FALSE(TimeFormat::parse("epoch-s Z"));
  EXPECT_FALSE(TimeFormat::parse(""));
}

/// In 2022 clocks in Ukraine were changed on 27 March at 03:00 and on 30 October at 04:00.
TEST(TimeZone, KnowsSummerTime) {
  constexpr std::string_view kPattern = "YYYY-MM-DD hh:mm:ss";
  auto const kyiv = [&](std::string_view text) { return read(kPattern, text, "Europe/Kyiv"); };
  EXPECT_EQ(kyiv("2022-02-24 05:00:00"), "2022-02-24T03:00:00.000000Z");
  EXPECT_EQ(kyiv("2022-03-27 02:59:59"), "2022-03-27T00:59:59.000000Z");
  EXPECT_EQ(kyiv("2022-03-27 03:30:00"), "2022-03-27T01:30:00.000000Z");  // there was none
  EXPECT_EQ(kyiv("2022-03-27 04:00:00"), "2022-03-27T01:00:00.000000Z");
  EXPECT_EQ(kyiv("2022-10-30 02:59:59"), "2022-10-29T23:59:59.000000Z");
  EXPECT_EQ(kyiv("2022-10-30 03:30:00"), "2022-10-30T00:30:00.000000Z");  // the first of two
  EXPECT_EQ(kyiv("2022-10-30 04:00:00"), "2022-10-30T02:00:00.000000Z");
  EXPECT_EQ(kyiv("1996-12-31 12:00:00"), "-");
  EXPECT_EQ(read(kPattern, "2022-07-01 12:00:00", "Europe/London"), "2022-07-01T11:00:00.000000Z");
  EXPECT_EQ(read(kPattern, "2022-07-01 12:00:00", "+03:00"), "2022-07-01T09:00:00.000000Z");
}

TEST(TimeZone, RefusesWhatItDoesNotKnow) {
  for (std::string_view const text :
       {"", "Europe/Simferopol", "EET", "+", "+25:00", "+02:60", "02:00", "+02:00x"}) {
    EXPECT_FALSE(TimeZone::parse(text)) << text;
  }
}

}  // namespace
}  // namespace guarantor::intake
