#include "guarantor/tables/characters.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace guarantor::tables {
namespace {

std::optional<std::size_t> problem_at(std::string_view text) {
  auto const problem = find_encoding_problem(text);
  return problem ? std::optional{problem->offset} : std::nullopt;
}

TEST(Characters, AcceptsAllOfUtf8) {
  EXPECT_FALSE(problem_at(""));
  EXPECT_FALSE(
      problem_at("a\xC2\x80\xE0\xA0\x80\xED\x9F\xBF\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST(Characters, RefusesWhatIsNoUtf8WhereItStands) {
  EXPECT_EQ(problem_at("ab\xFF"), 2U);
  EXPECT_EQ(problem_at("\xC0\x80"), 0U) << "overlong";
  EXPECT_EQ(problem_at("a\xED\xA0\x80"), 1U) << "surrogate";
  EXPECT_EQ(problem_at("\xF4\x90\x80\x80"), 0U) << "beyond Unicode";
  EXPECT_EQ(problem_at("\xE2\x82"), 0U) << "cut off";
  EXPECT_EQ(problem_at(std::string_view{"ab\0", 3}), 2U);
}

TEST(Characters, NamesUtf16WithAndWithoutItsMark) {
  for (std::string_view const text :
       {std::string_view{"\xFF\xFE"
                         "a\0",
                         4},
        std::string_view{"a\0b\0", 4}, std::string_view{"\0a\0b", 4}}) {
    auto const problem = find_encoding_problem(text);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->message, "the file is UTF-16, not UTF-8");
  }
}

TEST(Characters, PlaceIndexAgreesWithCountingFromTheBeginning) {
  std::string text;
  for (int i = 0; i < 700; ++i) {
    text += i % 97 == 0 ? "\n" : (i % 3 == 0 ? "ї" : "ab");
  }
  PlaceIndex const index{text};
  for (std::size_t offset = 0; offset <= text.size(); ++offset) {
    if (offset == text.size() || !continues_character(text[offset])) {
      ASSERT_EQ(index.at(offset), line_column(text, offset)) << offset;
    }
  }
}

TEST(Characters, ExcerptsAreCutBetweenCharactersAndShowControlCharacters) {
  EXPECT_EQ(excerpt("a\tb\n\x01"), "a\\tb\\n\\x01");
  EXPECT_EQ(excerpt("\xC3\xA9\xFF\xC3"), "\xC3\xA9\\xff\\xc3");
  std::string long_text;
  for (int i = 0; i < 50; ++i) {
    long_text += "ї";
  }
  EXPECT_EQ(count_characters(excerpt(long_text)), 41U);
}

}  // namespace
}  // namespace guarantor::tables
