#include "guarantor/watch/logistic_fit.h"

#include <algorithm>
#include <cmath>

namespace guarantor::watch {
namespace {

constexpr int kMostSteps = 50;
constexpr double kLeastGain = 1e-9;      ///< of the likelihood; below this the maximum is reached
constexpr double kConstantRidge = 1e-6;  ///< keeps the constant finite where all labels are alike

/// Features shifted to mean 0 and scaled to spread 1; one that never varies is 0.
struct Scaling {
  std::vector<double> mean;
  std::vector<double> inverse_spread;
};

Scaling scaling_of(std::span<double const> rows, std::size_t features) {
  Scaling scaling{std::vector<double>(features), std::vector<double>(features)};
  auto const count = static_cast<double>(rows.size()) / static_cast<double>(features);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    scaling.mean[at % features] += rows[at] / count;
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    double const off = rows[at] - scaling.mean[at % features];
    scaling.inverse_spread[at % features] += off * off / count;
  }
  for (double& spread : scaling.inverse_spread) {
    spread = spread > 1e-18 ? 1 / std::sqrt(spread) : 0;
  }
  return scaling;
}

/// Solves a symmetric positive definite system by Cholesky's factors, in place.
std::vector<double> solve(std::vector<double> matrix, std::vector<double> right) {
  std::size_t const size = right.size();
  auto const at = [&](std::size_t i, std::size_t j) -> double& { return matrix[i * size + j]; };
  for (std::size_t j = 0; j < size; ++j) {
    for (std::size_t k = 0; k < j; ++k) {
      at(j, j) -= at(j, k) * at(j, k);
    }
    at(j, j) = std::sqrt(std::max(at(j, j), 1e-300));
    for (std::size_t i = j + 1; i < size; ++i) {
      for (std::size_t k = 0; k < j; ++k) {
        at(i, j) -= at(i, k) * at(j, k);
      }
      at(i, j) /= at(j, j);
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      right[i] -= at(i, k) * right[k];
    }
    right[i] /= at(i, i);
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) {
      right[i] -= at(k, i) * right[k];
    }
    right[i] /= at(i, i);
  }
  return right;
}

/// Rows scaled, with a 1 before each for the constant.
class Likelihood {
 public:
  Likelihood(std::span<double const> rows, std::size_t features, Scaling const& scaling,
             std::vector<bool> const& labels, double ridge)
      : size_{features + 1}, ridge_{ridge}, labels_{labels} {
    design_.reserve(labels.size() * size_);
    for (std::size_t row = 0; row < labels.size(); ++row) {
      design_.push_back(1);
      for (std::size_t k = 0; k < features; ++k) {
        design_.push_back((rows[row * features + k] - scaling.mean[k]) * scaling.inverse_spread[k]);
      }
    }
  }

  [[nodiscard]] double at(std::vector<double> const& weights) const {
    double sum = 0;
    for (std::size_t row = 0; row < labels_.size(); ++row) {
      double const odds = odds_of(row, weights);
      double const towards = labels_[row] ? odds : -odds;
      sum -= towards > 0 ? std::log1p(std::exp(-towards)) : std::log1p(std::exp(towards)) - towards;
    }
    for (std::size_t k = 0; k < size_; ++k) {
      sum -= penalty(k) * weights[k] * weights[k] / 2;
    }
    return sum;
  }

  /// Newton's step: the slope divided by the curvature.
  [[nodiscard]] std::vector<double> step(std::vector<double> const& weights) const {
    std::vector<double> slope(size_);
    std::vector<double> curvature(size_ * size_);
    for (std::size_t row = 0; row < labels_.size(); ++row) {
      double const chance = logistic(odds_of(row, weights));
      double const miss = (labels_[row] ? 1 : 0) - chance;
      double const spread = chance * (1 - chance);
      double const* const x = &design_[row * size_];
      for (std::size_t i = 0; i < size_; ++i) {
        slope[i] += miss * x[i];
        double const scaled = spread * x[i];
        for (std::size_t j = 0; j <= i; ++j) {
          curvature[i * size_ + j] += scaled * x[j];
        }
      }
    }
    for (std::size_t i = 0; i < size_; ++i) {
      slope[i] -= penalty(i) * weights[i];
      curvature[i * size_ + i] += penalty(i);
    }
    return solve(std::move(curvature), std::move(slope));
  }

 private:
  [[nodiscard]] double odds_of(std::size_t row, std::vector<double> const& weights) const {
    double odds = 0;
    for (std::size_t k = 0; k < size_; ++k) {
      odds += design_[row * size_ + k] * weights[k];
    }
    return odds;
  }

  [[nodiscard]] double penalty(std::size_t k) const { return k == 0 ? kConstantRidge : ridge_; }

  std::size_t size_;
  double ridge_;
  std::vector<bool> const& labels_;
  std::vector<double> design_;
};

/// The maximum, weights of scaled features.
std::vector<double> climb(Likelihood const& likelihood, std::size_t size) {
  std::vector<double> weights(size);
  double height = likelihood.at(weights);
  for (int step = 0; step < kMostSteps; ++step) {
    auto const direction = likelihood.step(weights);
    double gain = 0;
    for (double share = 1; share > 1e-6 && gain <= 0; share /= 2) {
      auto next = weights;
      for (std::size_t k = 0; k < size; ++k) {
        next[k] += share * direction[k];
      }
      if (double const reached = likelihood.at(next); reached > height) {
        gain = reached - height;
        height = reached;
        weights = std::move(next);
      }
    }
    if (gain < kLeastGain) {
      break;
    }
  }
  return weights;
}

}  // namespace

LogisticWeights fit_logistic(std::span<double const> rows, std::size_t features,
                             std::vector<bool> const& labels, double ridge) {
  auto const scaling = scaling_of(rows, features);
  Likelihood const likelihood{rows, features, scaling, labels, ridge};
  auto const scaled = climb(likelihood, features + 1);
  LogisticWeights fitted{scaled[0], std::vector<double>(features)};
  for (std::size_t k = 0; k < features; ++k) {
    fitted.weights[k] = scaled[k + 1] * scaling.inverse_spread[k];
    fitted.constant -= fitted.weights[k] * scaling.mean[k];
  }
  return fitted;
}

double log_odds(LogisticWeights const& weights, std::span<double const> row) {
  double odds = weights.constant;
  for (std::size_t k = 0; k < weights.weights.size(); ++k) {
    odds += weights.weights[k] * row[k];
  }
  return odds;
}

double logistic(double log_odds) {
  return log_odds >= 0 ? 1 / (1 + std::exp(-log_odds))
                       : std::exp(log_odds) / (1 + std::exp(log_odds));
}

}  // namespace guarantor::watch
