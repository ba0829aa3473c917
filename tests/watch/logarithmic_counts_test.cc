#include "guarantor/watch/logarithmic_counts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace guarantor::watch {
namespace {

TEST(LogarithmicCount, IsADistribution) {
  for (double const logit : {-9.0, -2.0, 0.0, 1.5, 4.0}) {
    LogarithmicCount const count{logit};
    double all = 0;
    double mean = 0;
    double square = 0;
    for (int n = 1; n < 5000; ++n) {
      all += count.probability(n);
      mean += n * count.probability(n);
      square += double{1} * n * n * count.probability(n);
    }
    EXPECT_NEAR(all, 1, 1e-9) << logit;
    EXPECT_NEAR(mean, count.mean(), 1e-6) << logit;
    EXPECT_NEAR(square - (mean * mean), count.variance(), 1e-4) << logit;
  }
}

TEST(LogarithmicCount, KeepsItsTailExact) {
  for (double const logit : {-3.0, 0.0, 2.0, 5.0}) {
    LogarithmicCount const count{logit};
    for (int from : {1, 2, 7, 40, 200}) {
      double tail = 0;
      for (int n = from + 40'000; n >= from; --n) {  // from the smallest
        tail += count.probability(n);
      }
      EXPECT_NEAR(count.at_least(from) / tail, 1, 1e-9) << logit << ' ' << from;
    }
  }
}

/// Draws by going up from 1 until the drawn share is used up.
int draw(LogarithmicCount const& count, std::mt19937_64& random) {
  double left = std::uniform_real_distribution<double>{}(random);
  int n = 1;
  while (n < 10'000 && left > count.probability(n)) {
    left -= count.probability(n++);
  }
  return n;
}

CountRows drawn_rows(std::size_t number) {
  std::mt19937_64 random{20220224};
  CountRows rows{.columns = 3, .values = {}, .counts = {}};
  for (std::size_t i = 0; i < number; ++i) {
    double const a = std::normal_distribution<double>{}(random);
    double const b = std::uniform_real_distribution<double>{-7, 1}(random);
    rows.values.insert(rows.values.end(), {1, a, b});
    rows.counts.push_back(draw(LogarithmicCount{0.8 + (0.5 * a) + (0.2 * b)}, random));
  }
  return rows;
}

/// With the standard normal prior of the slopes.
double likelihood(CountRows const& rows, std::vector<double> const& coefficients) {
  double sum = 0;
  for (std::size_t k = 1; k < coefficients.size(); ++k) {
    sum -= coefficients[k] * coefficients[k] / 2;
  }
  for (std::size_t i = 0; i < rows.counts.size(); ++i) {
    std::span<double const> const row{&rows.values[i * 3], 3};
    sum += LogarithmicCount{predict(coefficients, row)}.log_probability(rows.counts[i]);
  }
  return sum / static_cast<double>(rows.counts.size());
}

TEST(CountRegression, FindsWhatTheRowsWereDrawnWith) {
  auto const fit = fit_counts(drawn_rows(20'000));
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.value().coefficients[0], 0.8, 0.06);
  EXPECT_NEAR(fit.value().coefficients[1], 0.5, 0.03);
  EXPECT_NEAR(fit.value().coefficients[2], 0.2, 0.02);
}

TEST(CountRegression, IsNotBeatenByAWalkDownhill) {
  // The oracle: one coefficient after another, by ever smaller steps, from zero.
  CountRows const rows = drawn_rows(500);
  std::vector<double> walked(3);
  double best = likelihood(rows, walked);
  for (double step = 1; step > 1e-7; step /= 2) {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t k = 0; k < 3; ++k) {
        for (double const sign : {-1.0, 1.0}) {
          std::vector<double> tried = walked;
          tried[k] += sign * step;
          if (double const value = likelihood(rows, tried); value > best) {
            best = value;
            walked = tried;
            moved = true;
          }
        }
      }
    }
  }
  auto const fit = fit_counts(rows);
  ASSERT_TRUE(fit.ok());
  EXPECT_GE(fit.value().log_likelihood, best - 1e-10);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(fit.value().coefficients[k], walked[k], 1e-3);
  }
}

TEST(CountRegression, LeavesAloneAColumnThatTellsNothing) {
  CountRows const rows{.columns = 2, .values = {1, 2, 1, 2, 1, 2}, .counts = {1, 3, 2}};
  auto const fit = fit_counts(rows);
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.value().coefficients[1], 0, 1e-5);
  EXPECT_NEAR(LogarithmicCount{fit.value().coefficients[0]}.mean(), 2, 1e-5);
}

TEST(CountRegression, TamesColumnsThatNearlyTellEachOther) {
  // Two columns that differ in the fourth digit only: without a prior their slopes are in the
  // thousands and of opposite signs, and any row off their line gets an absurd answer.
  std::mt19937_64 random{5};
  CountRows rows{.columns = 3, .values = {}, .counts = {}};
  for (int i = 0; i < 100; ++i) {
    double const a = std::normal_distribution<double>{}(random);
    double const b = a + std::normal_distribution<double>{0, 1e-4}(random);
    rows.values.insert(rows.values.end(), {1, a, b});
    rows.counts.push_back(draw(LogarithmicCount{1 + (0.5 * a)}, random));
  }
  auto const fit = fit_counts(rows);
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.value().coefficients[1] + fit.value().coefficients[2], 0.5, 0.3);
  EXPECT_LT(std::abs(fit.value().coefficients[1]), 3);
  EXPECT_LT(std::abs(fit.value().coefficients[2]), 3);
}

TEST(CountRegression, RefusesWhatHasNoAnswer) {
  EXPECT_FALSE(fit_counts({.columns = 1, .values = {}, .counts = {}}).ok());
  EXPECT_FALSE(fit_counts({.columns = 1, .values = {1}, .counts = {0}}).ok());
}

}  // namespace
}  // namespace guarantor::watch
