#include "guarantor/watch/logistic_fit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace guarantor::watch {
namespace {

TEST(LogisticFit, FindsTheOddsOfATable) {
  // Three of four are true where the feature is 1, one of four where it is 0: log-odds log 3,
  // -log 3.
  std::vector<double> rows;
  std::vector<bool> labels;
  for (int copy = 0; copy < 1000; ++copy) {
    for (int i = 0; i < 4; ++i) {
      rows.push_back(1);
      labels.push_back(i < 3);
      rows.push_back(0);
      labels.push_back(i < 1);
    }
  }
  auto const fitted = fit_logistic(rows, 1, labels, 1e-6);
  EXPECT_NEAR(log_odds(fitted, std::vector<double>{0}), -std::log(3.0), 1e-6);
  EXPECT_NEAR(log_odds(fitted, std::vector<double>{1}), std::log(3.0), 1e-6);
}

TEST(LogisticFit, StaysFiniteWhereLabelsAreParted) {
  auto const fitted =
      fit_logistic(std::vector<double>{0, 1, 2, 3}, 1, {false, false, true, true}, 1);
  EXPECT_TRUE(std::isfinite(fitted.weights[0]));
  EXPECT_GT(fitted.weights[0], 0);
  EXPECT_TRUE(std::isfinite(fit_logistic(std::vector<double>{1, 2}, 1, {true, true}, 1).constant));
}

RC_GTEST_PROP(LogisticFit, NoStepAsideIsBetter, ()) {
  std::size_t const count = *rc::gen::inRange<std::size_t>(3, 40);
  std::vector<double> rows;
  std::vector<bool> labels;
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back(0.1 * *rc::gen::inRange(-20, 21));
    rows.push_back(i % 2 == 0 ? 1 : 0);
    labels.push_back(*rc::gen::arbitrary<bool>());
  }
  // The penalty is on scaled features; with one this small the plain likelihood is at its height.
  auto const fitted = fit_logistic(rows, 2, labels, 1e-3);
  auto const height = [&](LogisticWeights const& weights) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      double const odds = log_odds(weights, std::span{rows}.subspan(2 * i, 2));
      sum += std::log(logistic(labels[i] ? odds : -odds));
    }
    return sum;
  };
  double const best = height(fitted);
  for (double const step : {-0.5, 0.5}) {
    auto aside = fitted;
    aside.weights[0] += step;
    RC_ASSERT(height(aside) < best + 0.05);
    aside = fitted;
    aside.constant += step;
    RC_ASSERT(height(aside) < best + 0.05);
  }
}

}  // namespace
}  // namespace guarantor::watch
