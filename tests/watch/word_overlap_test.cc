#include "guarantor/watch/word_overlap.h"

#include <gtest/gtest.h>

#include <vector>

namespace guarantor::watch {
namespace {

TEST(WordOverlap, ComparesTheBeginningsOfWordsOnce) {
  EXPECT_EQ(compared_words("24/02/2022 Damaged houses, damage to a House in March"),
            (std::vector<std::string>{"damag", "house"}));
  EXPECT_EQ(compared_words("Київ, Миколаїв 3"), (std::vector<std::string>{"Київ", "Микол"}));
  EXPECT_EQ(plain_category("Civilian Infrastructure Damage March 2022"),
            "civilian infrastructure damage");
  EXPECT_EQ(plain_category("Losses Feb - June"), "losses");
}

TEST(WordOverlap, WeighsRareWordsMore) {
  std::vector<std::vector<std::string>> const texts{
      {"schoo", "strik"}, {"hospi", "strik"}, {"schoo", "windo"}, {"strik"}, {}};
  WordOverlap const overlap{texts};
  EXPECT_DOUBLE_EQ(overlap.between(0, 0), 1);
  EXPECT_GT(overlap.between(0, 2), overlap.between(0, 1));
  EXPECT_EQ(overlap.between(0, 1), overlap.between(1, 0));
  EXPECT_EQ(overlap.between(0, 4), 0);
}

}  // namespace
}  // namespace guarantor::watch
