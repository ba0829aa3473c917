#include "guarantor/posture/price_steps.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kLeastSquare = 0.1;  ///< of the slope's, for the direction's where slopes cancel
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kProgress = 0.02;  ///< of the way to the target: a bound so much better is one

}  // namespace

PriceSteps::PriceSteps(std::vector<double> prices, double memory)
    : prices_{std::move(prices)},
      best_prices_{prices_},
      direction_(prices_.size(), 0),
      memory_{memory},
      best_bound_{-kNever},
      target_{kNever} {}

void PriceSteps::begin(AscentEffort const& effort) {
  effort_ = effort;
  length_ = effort.length;
  steps_ = 0;
  idle_ = 0;
}

void PriceSteps::begin_anew(AscentEffort const& effort, std::vector<double> const& prices) {
  begin(effort);
  prices_ = prices;
  best_prices_ = prices;
  direction_.assign(prices.size(), 0);
  best_bound_ = -kNever;
  target_ = kNever;
}

void PriceSteps::note(double bound) {
  bound_ = bound;
  idle_ = bound > best_bound_ + kProgress * (target_ - best_bound_) ? 0 : idle_ + 1;
  if (bound > best_bound_) {
    best_bound_ = bound;
    best_prices_ = prices_;
  }
  ++steps_;
}

void PriceSteps::advance(std::vector<int> const& slope, double target) {
  target_ = target;
  double square = 0;
  double slope_square = 0;
  for (std::size_t i = 0; i < slope.size(); ++i) {
    direction_[i] = memory_ * direction_[i] + slope[i];
    square += direction_[i] * direction_[i];
    slope_square += slope[i] * slope[i];
  }
  if (idle_ >= effort_.patience) {
    length_ /= 2;
    idle_ = 0;
    take_best();
  }
  if (slope_square == 0) {  // no prices bound better
    length_ = 0;
    return;
  }
  double const step = length_ * (target - bound_) / std::max(square, kLeastSquare * slope_square);
  for (std::size_t i = 0; i < slope.size(); ++i) {
    prices_[i] = std::max(0.0, prices_[i] + step * direction_[i]);
  }
}

bool PriceSteps::tired() const {
  return steps_ >= effort_.most_steps || length_ < effort_.shortest;
}

void PriceSteps::keep(std::vector<std::uint32_t> const& places) {
  for (std::vector<double>* const values : {&prices_, &best_prices_, &direction_}) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      (*values)[i] = (*values)[places[i]];
    }
    values->resize(places.size());
  }
}

}  // namespace guarantor::posture
