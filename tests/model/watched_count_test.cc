#include "guarantor/model/watched_count.h"

#include <gtest/gtest.h>

namespace guarantor::model {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

WatchedTime watched(microseconds time, std::int64_t looks = 0) {
  return {.watched = time, .whole = hours{24}, .looks = looks};
}

TEST(WatchedCount, SaysHowMuchWasWatchedBesideEveryZero) {
  EXPECT_EQ(print(WatchedCount{0, watched(hours{24})}), "0");
  EXPECT_EQ(print(WatchedCount{0, watched(hours{6})}), "0 (watched 6 of 24 h)");
  EXPECT_EQ(print(WatchedCount{0, watched(hours{0})}), "not watched");
  EXPECT_EQ(print(WatchedCount{0, watched(hours{0}, 2)}), "not watched (2 looks)");
  EXPECT_EQ(print(WatchedCount{}), "not watched");
  EXPECT_EQ(print(WatchedCount{3, watched(hours{24})}), "3");
  EXPECT_EQ(print(WatchedCount{3, watched(hours{6})}), "3 (watched 6 of 24 h)");
  EXPECT_EQ(print(WatchedCount{3, watched(hours{0}, 1)}), "3 (not watched, 1 look)");
  EXPECT_EQ(print_briefly(WatchedCount{0, watched(hours{0})}), "n. w.");
  EXPECT_EQ(print_briefly(WatchedCount{0, watched(hours{6})}), "0*");
  EXPECT_EQ(print_briefly(WatchedCount{4, watched(hours{24})}), "4");
}

TEST(WatchedCount, NeverRoundsALittleToNothingNorMostToAll) {
  EXPECT_EQ(print(watched(hours{24} - microseconds{1})), "23.9 of 24 h");
  EXPECT_EQ(print(watched(microseconds{1})), "less than 0.1 of 24 h");
  EXPECT_EQ(print(watched(minutes{90})), "1.5 of 24 h");
  EXPECT_EQ(print(WatchedTime{.watched = minutes{1}, .whole = minutes{1}}), "0.1 of 0.1 h");
  EXPECT_EQ(print(WatchedTime{}), "0 of 0 h");
}

TEST(WatchedCount, HasNoNumberWhereNobodyWatched) {
  EXPECT_EQ(WatchedCount(0, watched(hours{0})).number(), std::nullopt);
  EXPECT_EQ(WatchedCount(0, watched(microseconds{1})).number(), 0);
  EXPECT_EQ(WatchedCount(2, watched(hours{0})).number(), 2);
}

TEST(WatchedCount, AddsWhatWasWatchedToo) {
  WatchedCount sum{0, watched(hours{0})};
  sum += WatchedCount{2, watched(hours{12})};
  EXPECT_EQ(print(sum), "2 (watched 12 of 48 h)");
}

}  // namespace
}  // namespace guarantor::model
