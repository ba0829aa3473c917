#include "guarantor/report/display_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace guarantor::report {
namespace {

TEST(DisplayText, CleanTakesAwayWhatSteersATerminal) {
  EXPECT_EQ(clean("a\x1b[31mb\r\nc\td"), "a [31mb  c d");
  EXPECT_EQ(clean("x\u202Ey\u2066z"), "x y z");
}

TEST(DisplayText, CleanReplacesBrokenBytes) {
  EXPECT_EQ(clean("a\xff"
                  "b"),
            "a\uFFFDb");
  EXPECT_EQ(clean("\xc0\xaf"), "\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(clean("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");  // surrogate
  EXPECT_EQ(clean("\xe2\x82"), "\uFFFD\uFFFD");            // cut short
}

TEST(DisplayText, WidthCountsCodePointsNotBytes) {
  EXPECT_EQ(display_width("Київ"), 4U);
  EXPECT_EQ(display_width("Iléa"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("日本"), 4U);
}

TEST(DisplayText, FitCutsAtCodePoints) {
  EXPECT_EQ(fit("Йорданія", 8), "Йорданія");
  EXPECT_EQ(fit("Йорданія", 5), "Йорд…");
  EXPECT_EQ(fit("ab cd", 4), "ab…");
}

TEST(DisplayText, PadFillsToTheColumn) {
  EXPECT_EQ(pad_right("Київ", 6), "Київ  ");
  EXPECT_EQ(pad_left("Київ", 6), "  Київ");
}

TEST(DisplayText, WrapIndentsWhatFollows) {
  EXPECT_EQ(wrap("one two three", 11, "- "), "- one two\n  three\n");
}

RC_GTEST_PROP(DisplayText, CleanTextIsStable, (std::string const& text)) {
  auto const once = clean(text);
  RC_ASSERT(clean(once) == once);
  RC_ASSERT(once.find('\x1b') == std::string::npos);
}

RC_GTEST_PROP(DisplayText, FitNeverExceedsItsColumns, (std::string const& text)) {
  auto const columns = *rc::gen::inRange<std::size_t>(1, 30);
  RC_ASSERT(display_width(fit(clean(text), columns)) <= columns);
  RC_ASSERT(display_width(pad_right(clean(text), columns)) == columns);
}

}  // namespace
}  // namespace guarantor::report
