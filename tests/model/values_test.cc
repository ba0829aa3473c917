#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "guarantor/model/date.h"
#include "guarantor/model/error.h"
#include "guarantor/model/id.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/nation_code.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/spelling.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {
namespace {

// Ids of different kinds are different types, and do nothing but compare and hash.
static_assert(!std::is_same_v<PledgeId, RequirementId>);
static_assert(!std::is_convertible_v<std::string, PledgeId>);
static_assert(!std::equality_comparable_with<PledgeId, RequirementId>);
template <class T>
concept Adds = requires(T a) { a + a; };
static_assert(!Adds<PledgeId>);

// Quantities add to their own kind alone.
template <class A, class B>
concept AddsTo = requires(A a, B b) { a + b; };
static_assert(AddsTo<Days, Days>);
static_assert(!AddsTo<Days, Months>);
static_assert(!AddsTo<Days, double>);

TEST(Id, ComparesAndHashes) {
  std::unordered_set<PledgeId> const set{PledgeId{"a"}, PledgeId{"a"}, PledgeId{"b"}};
  EXPECT_EQ(set.size(), 2U);
  EXPECT_LT(PledgeId{"a"}, PledgeId{"b"});
}

TEST(Id, KnowsAnIdentifier) {
  EXPECT_TRUE(is_identifier("land.inf-mech_2"));
  EXPECT_TRUE(is_identifier(std::string(64, 'a')));
  EXPECT_FALSE(is_identifier(std::string(65, 'a')));
  for (char const* bad : {"", "-a", ".a", "A", "a b", "ä"}) {
    EXPECT_FALSE(is_identifier(bad)) << bad;
  }
}

TEST(Quantity, AddsAndScales) {
  EXPECT_EQ(Days{1.5} + Days{2} * 2.0, Days{5.5});
  EXPECT_LT(Units{1}, Units{2});
}

TEST(Interval, IsHalfOpen) {
  Interval<int> const span{2, 5};
  EXPECT_TRUE(span.contains(2) && !span.contains(5));
  EXPECT_EQ(span.length(), 3);
  EXPECT_TRUE(span.overlaps({4, 9}));
  EXPECT_FALSE(span.overlaps({5, 9}));
  EXPECT_TRUE((Interval<int>{3, 3}.empty()));
  EXPECT_EQ((Interval<int>{3, 1}.length()), 0);
  EXPECT_EQ(span.intersection({0, 3}), (Interval<int>{2, 3}));
}

TEST(Date, ReadsOnlyDaysThatExist) {
  EXPECT_EQ(print(*parse_date("2028-02-29")), "2028-02-29");
  for (char const* bad : {"2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-01T00:00",
                          "2026/01/01", "", "+026-01-01", "2026-01-0x"}) {
    EXPECT_FALSE(parse_date(bad)) << bad;
  }
}

TEST(Error, EveryKindHasItsExitCode) {
  EXPECT_EQ(exit_code(ErrorKind::kDefect), 1);
  EXPECT_EQ(exit_code(ErrorKind::kBadInput), 2);
  EXPECT_EQ(exit_code(ErrorKind::kLimit), 3);
  EXPECT_EQ(exit_code(ErrorKind::kCheckFailed), 4);
  EXPECT_EQ(text(ErrorKind::kNotFound), "not found");
}

TEST(Vocabulary, WordsReadBack) {
  for (std::string_view const word : kWords<PledgeStatus>) {
    EXPECT_EQ(text(*parse<PledgeStatus>(word)), word);
  }
  EXPECT_FALSE(parse<PledgeStatus>("Announced"));
  EXPECT_EQ(parse<Readiness>("rdl"), Readiness::kRapid);
}

TEST(Spelling, FindsTheNearestWord) {
  std::vector<std::string_view> const words{"land.inf.mech", "land.inf.light", "sea.mcm"};
  EXPECT_EQ(closest("land.inf.mehc", words), "land.inf.mech");
  EXPECT_EQ(closest("sea.mmc", words), "sea.mcm");
  EXPECT_FALSE(closest("air.cap", words));
  EXPECT_FALSE(closest("", words));
  EXPECT_EQ(closest("ab", std::vector<std::string_view>{"ba", "abc"}), "ba");
}

TEST(NationCode, TellsRealFromFictional) {
  EXPECT_EQ(classify_nation("UKR"), NationCode::kOfficial);
  EXPECT_EQ(classify_nation("XAA"), NationCode::kFictional);
  EXPECT_EQ(classify_nation("QMA"), NationCode::kFictional);
  EXPECT_EQ(classify_nation("QAA"), NationCode::kUnknown);
  EXPECT_EQ(classify_nation("UK"), NationCode::kMalformed);
  EXPECT_EQ(classify_nation("ukr"), NationCode::kMalformed);
}

}  // namespace
}  // namespace guarantor::model
