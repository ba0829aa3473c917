#include "guarantor/model/expression.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>
#include <string>

namespace guarantor::model {
namespace {

Expression read(std::string const& text) {
  auto result = parse_expression(text);
  EXPECT_TRUE(std::holds_alternative<Expression>(result))
      << text << ": " << std::get<ExpressionError>(result).message;
  return std::get<Expression>(result);
}

ExpressionError failure(std::string const& text) {
  auto result = parse_expression(text);
  EXPECT_TRUE(std::holds_alternative<ExpressionError>(result)) << text << " was read";
  return std::get<ExpressionError>(result);
}

bool value(std::string const& text, std::set<std::string> const& true_atoms) {
  return read(text).evaluate([&](Atom const& atom) { return true_atoms.contains(print(atom)); });
}

TEST(Expression, BlankIsTrue) {
  EXPECT_TRUE(read("").empty());
  EXPECT_TRUE(read("  \t").empty());
  EXPECT_TRUE(value("", {}));
}

TEST(Expression, BindsNotBeforeAndBeforeOr) {
  EXPECT_TRUE(value("a | b & c", {"a"}));
  EXPECT_FALSE(value("(a | b) & c", {"a"}));
  EXPECT_TRUE(value("!a & b", {"b"}));
  EXPECT_FALSE(value("!(a & b)", {"a", "b"}));
  EXPECT_TRUE(value("!!a", {"a"}));
  EXPECT_TRUE(value("true & !false", {}));
}

TEST(Expression, KnowsTheCoalition) {
  EXPECT_TRUE(value("joins(FRA) & joined(land) >= 3", {"joins(FRA)", "joined(land) >= 3"}));
  EXPECT_EQ(print(read("joined( land )>=3|joins( FRA )")), "joined(land) >= 3 | joins(FRA)");
}

TEST(Expression, PrintsTheFewestParentheses) {
  EXPECT_EQ(print(read("((a))&((b|c))")), "a & (b | c)");
  EXPECT_EQ(print(read("(a & b) | c")), "a & b | c");
  EXPECT_EQ(print(read("a & (b & c)")), "a & (b & c)");
  EXPECT_EQ(print(read("!(a)")), "!a");
}

TEST(Expression, NamesConditionsOnceInOrder) {
  std::vector<ConditionId> const expected{ConditionId{"vote"}, ConditionId{"mandate"}};
  EXPECT_EQ(read("vote & (mandate | !vote) & joins(FRA)").conditions(), expected);
}

TEST(Expression, TellsTheSignsOfAnAtom) {
  auto const occurrences = read("!(a | !b) & a").occurrences();
  ASSERT_EQ(occurrences.size(), 2U);
  EXPECT_TRUE(occurrences[0].plain && occurrences[0].negated);   // a
  EXPECT_TRUE(occurrences[1].plain && !occurrences[1].negated);  // b, under two `!`
}

TEST(Expression, SaysWhereAndWhy) {
  EXPECT_EQ(failure("a &").offset, 3U);
  EXPECT_EQ(failure("a & | b").offset, 4U);
  EXPECT_EQ(failure("a b").offset, 2U);
  EXPECT_EQ(failure("(a").offset, 0U);
  EXPECT_EQ(failure("a)").offset, 1U);
  EXPECT_EQ(failure("a && b").message, "`&&` is not an operator");
  EXPECT_EQ(failure("joins(fra)").offset, 6U);
  EXPECT_EQ(failure("joined(land)").offset, 12U);
  EXPECT_EQ(failure("joined(land) >= x").message, "a whole number is missing after `>=`");
  EXPECT_EQ(failure("agrees(FRA)").offset, 0U);
  EXPECT_EQ(failure("vote-GBR").message, "`vote-GBR` is not a condition's identifier");
  EXPECT_EQ(failure("a # b").offset, 2U);
}

TEST(Expression, HoldsDepthAndLengthToALimit) {
  EXPECT_TRUE(parse_expression(std::string(200, '(') + "a" + std::string(200, ')')).index() == 0);
  EXPECT_EQ(failure(std::string(100'000, '(')).message, "expression is longer than 64 KiB");
  EXPECT_EQ(failure(std::string(300, '!') + "a").offset, 256U);
}

/// A random expression as text with every group in parentheses.
std::string random_text(int depth) {
  int const kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
  switch (kind) {
    case 1:
      return "!(" + random_text(depth - 1) + ")";
    case 2:
      return "(" + random_text(depth - 1) + ")&(" + random_text(depth - 1) + ")";
    case 3:
      return "(" + random_text(depth - 1) + ")|(" + random_text(depth - 1) + ")";
    default:
      return *rc::gen::element<std::string>("a", "b", "c", "true", "false", "joins(XAA)",
                                            "joined(sea) >= 2");
  }
}

TEST(Expression, PrintedReadsBackTheSame) {
  EXPECT_TRUE(rc::check([] {
    Expression const expression = read(random_text(4));
    RC_ASSERT(read(print(expression)) == expression);
  }));
}

}  // namespace
}  // namespace guarantor::model
