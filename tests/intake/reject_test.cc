#include "guarantor/intake/reject.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

Reject at_line(std::uint64_t line, std::string message = "wrong") {
  return {RejectReason::kBadDate, line, "from", std::move(message)};
}

TEST(RejectCounts, KeepTheFirstFew) {
  RejectCounts counts;
  for (std::uint64_t line = 1; line <= 100; ++line) {
    counts.add(at_line(line));
  }
  EXPECT_EQ(counts.count(RejectReason::kBadDate), 100U);
  EXPECT_EQ(counts.count(RejectReason::kNoPlace), 0U);
  EXPECT_EQ(counts.total(), 100U);
  ASSERT_EQ(counts.examples(RejectReason::kBadDate).size(), RejectCounts::kExamples);
  EXPECT_EQ(counts.examples(RejectReason::kBadDate).back().line, 5U);
}

TEST(RejectCounts, AddUp) {
  RejectCounts first;
  first.add(at_line(1));
  RejectCounts second;
  for (std::uint64_t line = 2; line <= 9; ++line) {
    second.add(at_line(line));
  }
  first.add(second);
  EXPECT_EQ(first.total(), 9U);
  ASSERT_EQ(first.examples(RejectReason::kBadDate).size(), RejectCounts::kExamples);
  EXPECT_EQ(first.examples(RejectReason::kBadDate)[1].line, 2U);
}

TEST(RejectCounts, CutLongMessages) {
  RejectCounts counts;
  counts.add(at_line(1, std::string(1'000'000, 'x')));
  EXPECT_LE(counts.examples(RejectReason::kBadDate)[0].message.size(), 1000U);
}

TEST(Excerpt, IsShortAndWhole) {
  EXPECT_EQ(excerpt("a\nb"), "a?b");
  EXPECT_EQ(excerpt(std::string(39, 'x') + "\xc3\xa9"), std::string(39, 'x') + "...");
  EXPECT_EQ(excerpt("\xff"), "");
}

/// Decodes as RFC 3629 defines it, one character after the other.
bool is_utf8_slowly(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto const first = static_cast<unsigned char>(text[at]);
    std::size_t const more = first < 0x80   ? 0
                             : first < 0xc0 ? 9
                             : first < 0xe0 ? 1
                             : first < 0xf0 ? 2
                                            : 3;
    if (more == 9 || at + more >= text.size() || first >= 0xf8) {
      return false;
    }
    std::uint32_t character = more == 0 ? first : first & (0x3fU >> more);
    for (std::size_t i = 1; i <= more; ++i) {
      auto const byte = static_cast<unsigned char>(text[at + i]);
      if ((byte & 0xc0U) != 0x80U) {
        return false;
      }
      character = character << 6U | (byte & 0x3fU);
    }
    constexpr std::uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    if (character < kLeast[more] || character > 0x10ffff ||
        (character >= 0xd800 && character <= 0xdfff)) {
      return false;
    }
    at += more + 1;
  }
  return true;
}

RC_GTEST_PROP(Utf8, IsWhatRfc3629Says, ()) {
  auto const byte =
      rc::gen::element('a', '\x7f', '\x80', '\x8f', '\x90', '\x9f', '\xa0', '\xbf', '\xc1', '\xc2',
                       '\xdf', '\xe0', '\xe1', '\xed', '\xef', '\xf0', '\xf4', '\xf5');
  auto const text = *rc::gen::container<std::string>(byte);
  RC_ASSERT(is_utf8(text) == is_utf8_slowly(text));
  // Within words of ASCII as well.
  std::string const longer = "0123456789" + text + "0123456789";
  RC_ASSERT(is_utf8(longer) == is_utf8_slowly(longer));
}

TEST(Utf8, KnowsItsBorders) {
  for (std::string_view const good : {"", "a", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                      "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good));
  }
  for (std::string_view const bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc3"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

}  // namespace
}  // namespace guarantor::intake
