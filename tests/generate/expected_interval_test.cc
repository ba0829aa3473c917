#include "guarantor/generate/expected_interval.h"

#include <gtest/gtest.h>

#include <cmath>

namespace guarantor::generate {
namespace {

TEST(ExpectedInterval, AgreesWithATextbookSample) {
  // 1, 2, 3, 4, 5, 5: mean 10/3, standard deviation 1.6329932, t(5, 0.975) = 2.5705818.
  MeanInterval const interval =
      interval_of({{1, 1. / 6}, {2, 1. / 6}, {3, 1. / 6}, {4, 1. / 6}, {5, 1. / 3}}, 6);
  double const half = 2.5705818 * 1.6329932 / std::sqrt(6);
  EXPECT_NEAR(interval.mean, 10. / 3, 1e-12);
  EXPECT_NEAR(interval.high - interval.mean, half, 0.002 * half);
  EXPECT_NEAR(interval.mean - interval.low, half, 0.002 * half);
}

TEST(ExpectedInterval, LargeSamplesComeNearTheNormal) {
  MeanInterval const interval = interval_of({{0, 0.5}, {1, 0.5}}, 10'001);
  EXPECT_NEAR(interval.high - interval.mean, 1.9602 * 0.5 / 100, 1e-5);
}

TEST(ExpectedInterval, NothingVariesNothingIsOpen) {
  MeanInterval const interval = interval_of({{7, 1}}, 50);
  EXPECT_EQ(interval.low, 7);
  EXPECT_EQ(interval.high, 7);
}

}  // namespace
}  // namespace guarantor::generate
