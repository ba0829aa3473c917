#include "guarantor/store/lock_out.h"

#include <gtest/gtest.h>

#include <vector>

namespace guarantor::store {
namespace {

using namespace std::chrono_literals;
using model::Instant;

Instant at(std::chrono::seconds seconds) {
  return Instant{std::chrono::hours{500'000}} + seconds;
}

std::optional<Instant> after(std::vector<std::chrono::seconds> const& refused,
                             std::chrono::seconds now, LockOutRules const& rules = {}) {
  std::vector<Instant> moments;
  for (auto const seconds : refused) {
    moments.push_back(at(seconds));
  }
  return locked_until(moments, at(now), rules);
}

TEST(LockOut, TheFifthWithinAQuarterOfAnHourLocks) {
  EXPECT_EQ(after({0s, 1s, 2s, 3s}, 4s), std::nullopt);
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 4s}, 4s), at(4s + 15min));
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 4s}, 4s + 15min - 1s), at(4s + 15min));
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 4s}, 4s + 15min), std::nullopt);
}

TEST(LockOut, TheWindowSlides) {
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 15min}, 15min), std::nullopt) << "the first is too long ago";
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 15min - 1s}, 15min), at(30min - 1s));
  EXPECT_EQ(after({0s, 5min, 6min, 7min, 15min, 16min}, 16min), at(31min));
}

TEST(LockOut, WhatFallsIntoALockDoesNotLengthenIt) {
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 4s, 60s, 61s, 62s, 63s, 64s}, 65s), at(4s + 15min));
}

TEST(LockOut, AfterALockItTakesAsManyAgain) {
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 4s, 904s, 905s, 906s, 907s}, 907s), std::nullopt);
  EXPECT_EQ(after({0s, 1s, 2s, 3s, 4s, 904s, 905s, 906s, 907s, 908s}, 908s), at(908s + 15min));
}

TEST(LockOut, OtherRulesHoldToo) {
  LockOutRules const rules{.most_refused = 1, .window = 1min, .lock = 60min};
  EXPECT_EQ(after({0s}, 1s, rules), at(60min));
  EXPECT_EQ(after({}, 1s, rules), std::nullopt);
}

}  // namespace
}  // namespace guarantor::store
