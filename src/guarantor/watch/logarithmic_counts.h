#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "guarantor/model/error.h"

namespace guarantor::watch {

/// Fisher's logarithmic series: how many fires there are where at least one is. Ignitions that come
/// as a Poisson process, each seen as a logarithmic number of anomalies, make a negative binomial
/// count; given that rare ignitions left anything at all, this is what remains of it.
///   P(n) = theta^n / (n * -ln(1 - theta)), n = 1, 2, ...
class LogarithmicCount {
 public:
  /// By the logit of theta; cut to [-12, 12], means from 1 to about 13,500.
  explicit LogarithmicCount(double logit);

  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] double theta() const { return theta_; }
  /// 1 - theta, without cancellation.
  [[nodiscard]] double rest() const { return rest_; }
  [[nodiscard]] double probability(int count) const;
  /// The probability of `count` or more. O(count).
  [[nodiscard]] double at_least(int count) const;
  /// The natural logarithm of `probability`.
  [[nodiscard]] double log_probability(int count) const;

 private:
  double theta_;
  double rest_;
  double normaliser_;  ///< -ln(1 - theta)
};

/// Rows of covariates, one beside another, and the count that each explains.
struct CountRows {
  std::size_t columns{};
  std::vector<double> values;  ///< row after row; the first column is to be 1
  std::vector<int> counts;     ///< >= 1
};

struct CountRegression {
  std::vector<double> coefficients;  ///< of the logit of theta
  double log_likelihood{};           ///< a row, with the prior's
  int iterations{};
};

/// The most probable coefficients of logit(theta) = row * coefficients, by Fisher's scoring with
/// halved steps. Every slope, that is every coefficient but the first, has a standard normal prior:
/// a hundred rows whose columns nearly tell each other would otherwise give slopes without bound,
/// and it moves nothing where there are a hundred thousand. A column that tells nothing gets 0.
/// Error kBadInput where there is no row, or a count below 1. O(rows * columns^2) an iteration.
[[nodiscard]] model::Result<CountRegression> fit_counts(CountRows const& rows);

/// row * coefficients.
[[nodiscard]] double predict(std::span<double const> coefficients, std::span<double const> row);

}  // namespace guarantor::watch
