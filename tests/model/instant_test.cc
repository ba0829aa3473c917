#include "guarantor/model/instant.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace guarantor::model {
namespace {

TEST(Instant, ReadsUpToSixDigitsOfASecondAndPrintsSix) {
  for (auto const& [text, printed] :
       {std::pair{"2026-06-03T10:00:00Z", "2026-06-03T10:00:00.000000Z"},
        std::pair{"2026-06-03T10:00:00.5Z", "2026-06-03T10:00:00.500000Z"},
        std::pair{"2026-06-03T23:59:59.999999Z", "2026-06-03T23:59:59.999999Z"}}) {
    auto const instant = parse_instant(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(print(*instant), printed);
    EXPECT_EQ(parse_instant(printed), instant);
  }
}

// Found by fuzzing: a second with more digits than a number holds was worked out before its length
// was looked at.
TEST(Instant, RefusesAFractionOfAnyLengthBeyondSixDigits) {
  for (std::size_t const length : {7U, 18U, 19U, 20U, 1000U}) {
    EXPECT_FALSE(parse_instant("2026-06-03T10:00:00." + std::string(length, '4') + "Z")) << length;
  }
}

TEST(Instant, RefusesWhatIsNoInstant) {
  for (char const* const text :
       {"", "Z", "2026-06-03", "2026-06-03T10:00:00", "2026-06-03T24:00:00Z",
        "2026-06-03T10:60:00Z", "2026-06-03T10:00:60Z", "2026-02-30T10:00:00Z",
        "2026-06-03T10:00:00.Z", "2026-06-03T10:00:00,5Z", "2026-06-03T10:00:00+02:00"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

}  // namespace
}  // namespace guarantor::model
