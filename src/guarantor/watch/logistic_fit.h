#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace guarantor::watch {

/// A log-odds that is linear in features.
struct LogisticWeights {
  double constant{};
  std::vector<double> weights;  ///< by feature

  friend bool operator==(LogisticWeights const&, LogisticWeights const&) = default;
};

/// Logistic regression with a penalty of half the squared weights times `ridge` on features scaled
/// to spread 1 (the constant is free), by Newton's method with halved steps: the penalised
/// likelihood has one maximum, so no seed and no start matters. `rows` holds a row of `features`
/// numbers for each label. Rows all of one label give a large constant, not an error. O(rows x
/// features^2) a step, some ten steps. REQUIRES: rows.size() == labels.size() * features; finite
/// numbers; ridge > 0.
[[nodiscard]] LogisticWeights fit_logistic(std::span<double const> rows, std::size_t features,
                                           std::vector<bool> const& labels, double ridge);

/// The log-odds of one row.
[[nodiscard]] double log_odds(LogisticWeights const& weights, std::span<double const> row);

/// From log-odds to a probability.
[[nodiscard]] double logistic(double log_odds);

}  // namespace guarantor::watch
