#include "guarantor/tables/codec.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace guarantor::tables {
namespace {

std::optional<double> number(std::string_view text) {
  auto const parsed = parse_number(text);
  auto const* value = std::get_if<double>(&parsed);
  return value == nullptr ? std::nullopt : std::optional{*value};
}

TEST(Numbers, ReadsPlainAndScientificFormOnly) {
  EXPECT_EQ(number("12"), 12);
  EXPECT_EQ(number("-0.5"), -0.5);
  EXPECT_EQ(number("1E+022"), 1e22);
  for (char const* const text : {"", "-", "nan", "-nan", "inf", "0x10", "1,5", "1 000", "+1", ".5",
                                 "5.", "1e", "1e5x", "--1", "1e999", "-1e999", "1e-999"}) {
    EXPECT_FALSE(number(text)) << text;
  }
}

TEST(Numbers, MinusZeroIsZero) {
  EXPECT_FALSE(std::signbit(*number("-0")));
  EXPECT_EQ(print_number(-0.0), "0");
}

TEST(Numbers, PrintsTheShortestTextThatReadsBack) {
  EXPECT_EQ(print_number(100000), "100000");
  EXPECT_EQ(print_number(0.1), "0.1");
  EXPECT_EQ(print_number(1e-7), "1e-07");
  EXPECT_EQ(print_number(1e15), "1e+15");
  for (double const value : {0.1 + 0.2, 1.0 / 3, 5e-324, 1.7976931348623157e308, -123456.789e-9}) {
    EXPECT_EQ(number(print_number(value)), value);
  }
}

TEST(Numbers, WholeNumbersKeepWithinTheirType) {
  int value = 0;
  EXPECT_FALSE(Codec<int>::read(" 2147483647 ", value));
  EXPECT_EQ(value, std::numeric_limits<int>::max());
  EXPECT_TRUE(Codec<int>::read("2147483648", value));
  EXPECT_TRUE(Codec<int>::read("3.0", value));
  EXPECT_TRUE(Codec<int>::read("1e3", value));
}

TEST(Codecs, DatesAreDaysThatExist) {
  model::Date date{};
  EXPECT_FALSE(Codec<model::Date>::read("2024-02-29", date));
  EXPECT_EQ(model::print(date), "2024-02-29");
  EXPECT_EQ(Codec<model::Date>::read("2026-02-29", date)->message, "there is no day 2026-02-29");
  EXPECT_EQ(Codec<model::Date>::read("6/1/2026", date)->message, "`6/1/2026` is not a date");
}

TEST(Codecs, WordsOfferTheNearestAndAll) {
  model::PledgeStatus status{};
  EXPECT_FALSE(Codec<model::PledgeStatus>::read("cabinet", status));
  EXPECT_EQ(status, model::PledgeStatus::kCabinet);
  EXPECT_EQ(Codec<model::PledgeStatus>::read("Mandatd", status)->hint,
            "did you mean `mandated`? It is one of indicated, announced, cabinet, mandated, "
            "transferred, withdrawn");
}

TEST(Codecs, ListsTellTheFirstWrongItemAndWhere) {
  std::vector<model::AreaId> areas;
  EXPECT_EQ(Codec<std::vector<model::AreaId>>::read("north  South", areas)->offset, 7U);
  EXPECT_EQ(areas.size(), 2U);
  std::vector<model::Hours> hours;
  EXPECT_FALSE(Codec<std::vector<model::Hours>>::read("24 72.5", hours));
  EXPECT_EQ(Codec<std::vector<model::Hours>>::write(hours), "24 72.5");
}

TEST(Codecs, GivenItemsSplitAtTheirLastEqualsSign) {
  std::vector<model::Given> given;
  EXPECT_FALSE(read_given("joined(land) >= 2=0.9; a | b = 0.5;", given));
  ASSERT_EQ(given.size(), 2U);
  EXPECT_EQ(model::print(given[0].when), "joined(land) >= 2");
  EXPECT_EQ(given[1].probability, model::Probability{0.5});
  EXPECT_EQ(write_given(given), "joined(land) >= 2=0.9; a | b=0.5");
}

TEST(Codecs, GivenProblemsAreCountedFromTheCellsBeginning) {
  std::vector<model::Given> given;
  EXPECT_EQ(read_given("a=0.9; b & =0.5", given)->offset, 11U);
  EXPECT_EQ(read_given("a=0.9; b= x", given)->offset, 10U);
  EXPECT_EQ(read_given("a=0.9;; b=1", given)->offset, 6U);
  EXPECT_EQ(given.size(), 2U) << "the good items are kept";
}

}  // namespace
}  // namespace guarantor::tables
