#include "bench/loose_time.h"

#include <gtest/gtest.h>

#include <string>

#include "guarantor/model/instant.h"

namespace guarantor::bench {
namespace {

std::string read_time(std::string const& text) {
  bool timed = true;
  auto const read = parse_loose_time(text, timed);
  return read ? model::print(*read) + (timed ? "" : " day") : "none";
}

TEST(LooseTime, ReadsTimesAsTablesWriteThem) {
  EXPECT_EQ(read_time("2022-03-04"), "2022-03-04T00:00:00.000000Z day");
  EXPECT_EQ(read_time(" 2022-03-04 05:06:07+00:00"), "2022-03-04T05:06:07.000000Z");
  EXPECT_EQ(read_time("2022-03-04T05:06:07.25Z"), "2022-03-04T05:06:07.250000Z");
  EXPECT_EQ(read_time("2022-03-04 01:30+0200"), "2022-03-03T23:30:00.000000Z");
  EXPECT_EQ(read_time("2022-03-04 23:30 UTC"), "2022-03-04T23:30:00.000000Z");
  EXPECT_EQ(read_time("2022-02-30"), "none");
  EXPECT_EQ(read_time("2022-03-04 24:00"), "none");
  EXPECT_EQ(read_time("2022-03-04 05:06:07+"), "none");
  EXPECT_EQ(read_time(""), "none");
}

TEST(LooseTime, ReadsDatesThatPutTheDayFirst) {
  std::string const day = "2022-03-01T00:00:00.000000Z day";
  for (char const* const text : {"20220301", "01/03/2022", "1/3/2022", "01.03.2022",
                                 "01 March 2022", "1 mar 2022", "1-Mar-2022"}) {
    EXPECT_EQ(read_time(text), day) << text;
  }
  EXPECT_EQ(read_time("1 March 2022 10:30"), "2022-03-01T10:30:00.000000Z");
  EXPECT_EQ(read_time("20220301T10:30Z"), "2022-03-01T10:30:00.000000Z");
  for (char const* const text :
       {"03/13/2022", "1/3/22", "1/3-2022", "20221301", "202203011", "31 April 2022", "1 Mars 2022",
        "March 2022", "1", "01/03/2022x"}) {
    EXPECT_EQ(read_time(text), "none") << text;
  }
}

TEST(LooseTime, ReadsTimesOfDay) {
  using std::chrono::minutes;
  EXPECT_EQ(parse_time_of_day("10:00", false), minutes{600});
  EXPECT_EQ(parse_time_of_day(" 9:05:30 ", false), std::chrono::seconds{545 * 60 + 30});
  EXPECT_EQ(parse_time_of_day("01:00+02:00", false), minutes{-60});
  EXPECT_EQ(parse_time_of_day("2210", false), minutes{1330});
  EXPECT_EQ(parse_time_of_day("955", false), minutes{595});
  EXPECT_EQ(parse_time_of_day("5", true), minutes{5});
  EXPECT_FALSE(parse_time_of_day("5", false));
  EXPECT_FALSE(parse_time_of_day("", true));
  EXPECT_FALSE(parse_time_of_day("2460", true));
  EXPECT_FALSE(parse_time_of_day("evening", true));
}

}  // namespace
}  // namespace guarantor::bench
