#include "guarantor/watch/logarithmic_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace guarantor::watch {
namespace {

constexpr double kMostLogit = 12;
constexpr int kMostIterations = 100;
constexpr double kEnough = 1e-12;  ///< gain in log likelihood a row that ends the search

/// The log likelihood a row, with that of the prior on the slopes.
double row_likelihood(CountRows const& rows, std::vector<double> const& coefficients) {
  double sum = 0;
  for (std::size_t k = 1; k < coefficients.size(); ++k) {
    sum -= coefficients[k] * coefficients[k] / 2;
  }
  for (std::size_t i = 0; i < rows.counts.size(); ++i) {
    std::span<double const> const row{&rows.values[i * rows.columns], rows.columns};
    sum += LogarithmicCount{predict(coefficients, row)}.log_probability(rows.counts[i]);
  }
  return sum / static_cast<double>(rows.counts.size());
}

/// Score and expected information, a row.
struct Slope {
  std::vector<double> score;
  std::vector<double> information;  ///< full, row after row
};

Slope slope(CountRows const& rows, std::vector<double> const& coefficients) {
  std::size_t const width = rows.columns;
  Slope sum{std::vector<double>(width), std::vector<double>(width * width)};
  double const share = 1.0 / static_cast<double>(rows.counts.size());
  for (std::size_t i = 0; i < rows.counts.size(); ++i) {
    std::span<double const> const row{&rows.values[i * width], width};
    LogarithmicCount const count{predict(coefficients, row)};
    // The family is exponential in ln(theta), whose slope on the logit is 1 - theta.
    double const first = share * count.rest() * (rows.counts[i] - count.mean());
    double const second = share * count.rest() * count.rest() * count.variance();
    for (std::size_t a = 0; a < width; ++a) {
      sum.score[a] += first * row[a];
      for (std::size_t b = 0; b <= a; ++b) {
        sum.information[(a * width) + b] += second * row[a] * row[b];
      }
    }
  }
  for (std::size_t a = 1; a < width; ++a) {
    sum.score[a] -= share * coefficients[a];
    sum.information[(a * width) + a] += share;
  }
  return sum;
}

/// The solution of information * step = score by Cholesky. A column that those before it already
/// tell has a pivot of zero: it does not step.
std::vector<double> solve(Slope slope) {
  std::size_t const width = slope.score.size();
  std::vector<double>& factor = slope.information;
  for (std::size_t a = 0; a < width; ++a) {
    double const pivot = factor[(a * width) + a];
    for (std::size_t b = 0; b <= a; ++b) {
      double sum = factor[(a * width) + b];
      for (std::size_t k = 0; k < b; ++k) {
        sum -= factor[(a * width) + k] * factor[(b * width) + k];
      }
      if (b < a) {
        factor[(a * width) + b] = sum / factor[(b * width) + b];
      } else {
        factor[(a * width) + a] =
            sum > 1e-10 * pivot ? std::sqrt(sum) : std::numeric_limits<double>::infinity();
      }
    }
  }
  std::vector<double> step = std::move(slope.score);
  for (std::size_t a = 0; a < width; ++a) {
    for (std::size_t k = 0; k < a; ++k) {
      step[a] -= factor[(a * width) + k] * step[k];
    }
    step[a] /= factor[(a * width) + a];
  }
  for (std::size_t a = width; a-- > 0;) {
    for (std::size_t k = a + 1; k < width; ++k) {
      step[a] -= factor[(k * width) + a] * step[k];
    }
    step[a] /= factor[(a * width) + a];
  }
  return step;
}

}  // namespace

LogarithmicCount::LogarithmicCount(double logit) {
  double const held = std::clamp(logit, -kMostLogit, kMostLogit);
  theta_ = 1 / (1 + std::exp(-held));
  rest_ = 1 / (1 + std::exp(held));
  normaliser_ = -std::log(rest_);
}

double LogarithmicCount::mean() const {
  return theta_ / (rest_ * normaliser_);
}

double LogarithmicCount::variance() const {
  return mean() * ((1 / rest_) - mean());
}

double LogarithmicCount::log_probability(int count) const {
  return (count * std::log(theta_)) - std::log(count * normaliser_);
}

double LogarithmicCount::probability(int count) const {
  return std::exp(log_probability(count));
}

double LogarithmicCount::at_least(int count) const {
  // Summed upwards from the count where few terms remain, or as what the smaller counts leave.
  double power = 1;
  double below = 0;
  for (int n = 1; n < count; ++n) {
    power *= theta_;
    below += power / n;
  }
  double const left = 1 - (below / normaliser_);
  if (left > 1e-6) {
    return std::min(left, 1.0);
  }
  double term = power * theta_;
  double tail = 0;
  for (int n = std::max(count, 1); term / n > 1e-17 * tail && term > 1e-300; ++n) {
    tail += term / n;
    term *= theta_;
  }
  return tail / normaliser_;
}

double predict(std::span<double const> coefficients, std::span<double const> row) {
  double sum = 0;
  for (std::size_t k = 0; k < row.size(); ++k) {
    sum += coefficients[k] * row[k];
  }
  return sum;
}

model::Result<CountRegression> fit_counts(CountRows const& rows) {
  if (rows.counts.empty() || std::ranges::min(rows.counts) < 1) {
    return model::Error{model::ErrorKind::kBadInput,
                        "a regression of counts needs rows, each with a count of at least 1", ""};
  }
  CountRegression fit;
  fit.coefficients.assign(rows.columns, 0);
  fit.log_likelihood = row_likelihood(rows, fit.coefficients);
  for (; fit.iterations < kMostIterations; ++fit.iterations) {
    std::vector<double> step = solve(slope(rows, fit.coefficients));
    double const before = fit.log_likelihood;
    for (int halvings = 0; halvings < 30; ++halvings) {
      std::vector<double> tried = fit.coefficients;
      for (std::size_t k = 0; k < tried.size(); ++k) {
        tried[k] += step[k];
        step[k] /= 2;
      }
      double const likelihood = row_likelihood(rows, tried);
      if (likelihood > before) {
        fit.coefficients = std::move(tried);
        fit.log_likelihood = likelihood;
        break;
      }
    }
    if (fit.log_likelihood - before < kEnough) {
      break;
    }
  }
  return fit;
}

}  // namespace guarantor::watch
