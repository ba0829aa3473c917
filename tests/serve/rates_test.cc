#include "guarantor/serve/rates.h"

#include <gtest/gtest.h>

#include <string>

namespace guarantor::serve {
namespace {

using namespace std::chrono_literals;

class RatesTest : public ::testing::Test {
 protected:
  Rates::Clock clock() {
    return [this] { return now_; };
  }
  std::chrono::nanoseconds now_{100s};
};

TEST_F(RatesTest, GiveSoManyAtOnceAndThenAsTheyFill) {
  Rates rates{{.sign_in = {3, 0.5}}, clock()};
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(rates.take(Asking::kSignIn, "a")) << i;
  }
  EXPECT_EQ(rates.take(Asking::kSignIn, "a"), 2s);
  now_ += 1s;
  EXPECT_EQ(rates.take(Asking::kSignIn, "a"), 1s);
  now_ += 1s;
  EXPECT_FALSE(rates.take(Asking::kSignIn, "a"));
  EXPECT_EQ(rates.take(Asking::kSignIn, "a"), 2s);
  now_ += 1h;
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(rates.take(Asking::kSignIn, "a")) << "no more than it holds";
  }
  EXPECT_TRUE(rates.take(Asking::kSignIn, "a"));
}

TEST_F(RatesTest, CountEachByItself) {
  Rates rates{{.read = {1, 1}, .change = {1, 1}}, clock()};
  EXPECT_FALSE(rates.take(Asking::kRead, "a"));
  EXPECT_FALSE(rates.take(Asking::kRead, "b"));
  EXPECT_FALSE(rates.take(Asking::kChange, "a"));
  EXPECT_TRUE(rates.take(Asking::kRead, "a"));
}

TEST_F(RatesTest, WaitingTakesNothing) {
  Rates rates{{.read = {1, 1}}, clock()};
  EXPECT_FALSE(rates.wait(Asking::kRead, "a"));
  EXPECT_FALSE(rates.wait(Asking::kRead, "a"));
  EXPECT_FALSE(rates.take(Asking::kRead, "a"));
  EXPECT_EQ(rates.wait(Asking::kRead, "a"), 1s);
}

TEST_F(RatesTest, ManyCallersTakeNoMoreMemory) {
  Rates rates{{.anyone = {10, 1}, .most_known = 100}, clock()};
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(rates.take(Asking::kPublic, "first " + std::to_string(i)));
  }
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    refused += rates.take(Asking::kPublic, "more " + std::to_string(i)) ? 1 : 0;
  }
  EXPECT_EQ(refused, 90) << "those beyond share one";
  EXPECT_LE(rates.known(), 101U);
  EXPECT_FALSE(rates.take(Asking::kPublic, "first 7")) << "who was known before is not worse off";
  now_ += 20s;
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(rates.take(Asking::kPublic, "later " + std::to_string(i)))
        << "those that do not ask are forgotten";
  }
}

TEST_F(RatesTest, AClockThatStandsBackGivesNothing) {
  Rates rates{{.read = {1, 1}}, clock()};
  EXPECT_FALSE(rates.take(Asking::kRead, "a"));
  now_ -= 50s;
  EXPECT_TRUE(rates.take(Asking::kRead, "a"));
}

TEST(CountedAddress, IsANetworkWhereOneHasManyAddresses) {
  EXPECT_EQ(counted_address("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(counted_address("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(counted_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(counted_address("2001:db8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(counted_address("no address"), "no address");
}

}  // namespace
}  // namespace guarantor::serve
