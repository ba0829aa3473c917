#include "guarantor/watch/match_weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace guarantor::watch {
namespace {

using model::ErrorKind;

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(MatchWeights, ComeBackFromTheirText) {
  auto weights = default_match_weights();
  weights.first.weights[3] = 1.0 / 3;
  weights.categories[{"shelling", "mass grave"}] = -1e-9;
  auto const read = parse_match_weights(print(weights), "weights.csv");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value(), weights);
  EXPECT_EQ(print(read.value()), print(weights));
}

TEST(MatchWeights, AreRefusedWithTheirLine) {
  auto const whole = print(default_match_weights());
  auto const refused = [](std::string const& text) {
    auto const read = parse_match_weights(text, "w.csv");
    EXPECT_FALSE(read.ok());
    if (read.ok()) {
      return std::string{};
    }
    EXPECT_EQ(read.error().kind, ErrorKind::kBadInput);
    return read.error().message;
  };
  EXPECT_EQ(refused(""), "w.csv:0: the file is empty");
  EXPECT_EQ(refused("a,b\n"), "w.csv:1: the heading is `part,name,other,value`");
  EXPECT_EQ(refused(replaced(whole, "first,box_10,", "first,box_11,")),
            "w.csv:3: no such weight: `first,box_11`");
  EXPECT_EQ(refused(replaced(whole, "first,words,,", "first,words,,x")),
            "w.csv:18: four cells are expected, the last a finite number");
  EXPECT_EQ(refused(replaced(whole, "first,box_30,", "first,box_10,")),
            "w.csv:4: this weight stands twice");
  EXPECT_NE(refused(whole.substr(0, 200)).find("no weight"), std::string::npos);
  EXPECT_NE(refused(replaced(whole, "calibration,score,,", "calibration,score,,-")).find("below 0"),
            std::string::npos);
}

TEST(MatchWeights, OfFilesBeforeKindsWereComparedStillLoad) {
  std::string text = print(default_match_weights());
  for (std::string const part : {"first", "second"}) {
    for (std::string const name : {",same_kind,,", ",other_kind,,"}) {
      auto const at = text.find(part + name);
      ASSERT_NE(at, std::string::npos);
      text.erase(at, text.find('\n', at) + 1 - at);
    }
  }
  auto const read = parse_match_weights(text, "old.csv");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value().second.weights.size(), default_match_weights().second.weights.size());
  EXPECT_EQ(read.value().first.weights.back(), 0);
  EXPECT_EQ(read.value().first.weights.front(), default_match_weights().first.weights.front());
}

TEST(MatchWeights, OfOurOwnTrustNearAndSameDay) {
  auto const& weights = default_match_weights();
  auto const weight = [&](std::string_view name) {
    auto const names = pair_feature_names();
    auto const at = std::find(names.begin(), names.end(), name) - names.begin();
    return weights.first.weights.at(static_cast<std::size_t>(at));
  };
  EXPECT_GT(weight("box_60"), weight("box_1000"));
  EXPECT_GT(weight("box_1000"), weight("box_25000"));
  EXPECT_GT(weight("days_0"), weight("days_14"));
  EXPECT_GT(weight("told"), 0);
}

}  // namespace
}  // namespace guarantor::watch
