#include "guarantor/tables/osm_values.h"

#include <gtest/gtest.h>

#include <string>

namespace guarantor::tables {
namespace {

std::string text(TaggedLimit limit) {
  switch (limit.sign) {
    case LimitSign::kLimit:
      return std::to_string(static_cast<int>(limit.amount * 100 + 0.5));
    case LimitSign::kNone:
      return "none";
    case LimitSign::kUnread:
      return "unread";
    case LimitSign::kUnusable:
      return "unusable";
  }
  return "";
}

TEST(OsmValues, Speeds) {
  auto const speed = [](std::string_view words) { return text(read_speed_limit(words)); };
  EXPECT_EQ(speed("50"), "5000");
  EXPECT_EQ(speed("50 km/h"), "5000");
  EXPECT_EQ(speed("50kmh"), "5000");
  EXPECT_EQ(speed("30 mph"), "4828");
  EXPECT_EQ(speed("6 knots"), "1111");
  EXPECT_EQ(speed("27.5"), "2750");
  EXPECT_EQ(speed("walk"), "600");
  EXPECT_EQ(speed("UA:urban"), "5000");
  EXPECT_EQ(speed("DE:rural"), "9000");
  EXPECT_EQ(speed("DE:zone:30"), "3000");
  EXPECT_EQ(speed("DE:zone30"), "3000");
  EXPECT_EQ(speed("DE:30"), "3000");
  EXPECT_EQ(speed("DE:living_street"), "2000");
  EXPECT_EQ(speed("RO:motorway"), "none");
  EXPECT_EQ(speed(""), "none");
  EXPECT_EQ(speed("none"), "none");
  EXPECT_EQ(speed("signals"), "none");
  for (char const* const words : {"fast", "50;70", "50-70", "mph", "DE:", "DE:zone:", ":", "fifty",
                                  "0x20", "1e9x", "50 50", "--5", "NaN", "inf", "5.", "+50"}) {
    EXPECT_EQ(speed(words), "unread") << words;
  }
  EXPECT_EQ(speed(std::string(256, '5')), "unread");
  for (char const* const words : {"0", "-50", "0 mph", "2", "401", "1000000000000", "-0"}) {
    EXPECT_EQ(speed(words), "unusable") << words;
  }
}

TEST(OsmValues, Weights) {
  auto const weight = [](std::string_view words) { return text(read_weight_limit(words)); };
  EXPECT_EQ(weight("7.5"), "750");
  EXPECT_EQ(weight("7.5 t"), "750");
  EXPECT_EQ(weight("7.5t"), "750");
  EXPECT_EQ(weight("3500 kg"), "350");
  EXPECT_EQ(weight("20 st"), "1814");
  EXPECT_EQ(weight("16000 lbs"), "726");
  EXPECT_EQ(weight(""), "none");
  EXPECT_EQ(weight("none"), "none");
  EXPECT_EQ(weight("default"), "none");
  EXPECT_EQ(weight("heavy"), "unread");
  EXPECT_EQ(weight(std::string(256, '5')), "unread");
  EXPECT_EQ(weight("12 t + 20 t"), "unread");
  EXPECT_EQ(weight("0"), "unusable");
  EXPECT_EQ(weight("-12"), "unusable");
  EXPECT_EQ(weight("99999"), "unusable");
}

}  // namespace
}  // namespace guarantor::tables
