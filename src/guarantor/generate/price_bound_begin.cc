#include <algorithm>
#include <cmath>
#include <vector>

#include "guarantor/generate/price_bound.h"

/// The prices a descent begins with, and how far it steps.
namespace guarantor::generate {
namespace {

/// Of a unit's worth in a cell's scale; the rest is its first price.
constexpr double kWorthWeight = 0.75;
constexpr double kFirstShare = 0.9;  ///< of a unit's worth that a first price is at most

}  // namespace

void PriceBound::set_first_prices(std::vector<double> const& most) {
  for (std::size_t o = 0; o < instance_.options.size(); ++o) {
    Option const& option = instance_.options[OptionIndex{o}];
    PlannedLine const& line = instance_.lines[option.line];
    double const price =
        std::min(kFirstShare * line.worth * std::min(line.quantity, option.effectiveness),
                 most[option.pledge.place]);
    for (int t = line.from; t < line.to; ++t) {
      prices_[cell(OptionIndex{o}, t)] = price;
    }
  }
}

/// One price for all units, but never more than a line can pay: the best such, D being convex in
/// it.
double PriceBound::find_common_price(model::RunControl const& control) {
  constexpr int kHalvings = 12;
  double low = 0;
  double high = 0;
  for (PlannedLine const& line : instance_.lines) {
    high = std::max(high, line.worth * line.quantity);
  }
  auto const value_at = [&](double most) {
    set_first_prices(std::vector<double>(instance_.pledges.size(), most));
    double const value = evaluate(prices_);
    try_prices(prices_, value);
    return value;
  };
  constexpr double kGolden = 0.6180339887498949;
  double left = high - kGolden * (high - low);
  double right = low + kGolden * (high - low);
  double at_left = value_at(left);
  double at_right = value_at(right);
  for (int i = 0; i < kHalvings && !control.must_stop(); ++i) {
    if (at_left < at_right) {
      high = right;
      right = left;
      at_right = at_left;
      left = high - kGolden * (high - low);
      at_left = value_at(left);
    } else {
      low = left;
      left = right;
      at_left = at_right;
      right = low + kGolden * (high - low);
      at_right = value_at(right);
    }
  }
  return (low + high) / 2;
}

void PriceBound::begin(model::RunControl const& control) {
  tell_pledges_apart(find_common_price(control), control);
  set_scale();
}

/// Then a price for each pledge, moved as a whole: higher where its lines want more than it has.
void PriceBound::tell_pledges_apart(double most, model::RunControl const& control) {
  constexpr int kSteps = 60;
  constexpr double kFirst = 0.3;
  constexpr double kLast = 0.02;
  std::vector<double> prices(instance_.pledges.size(), most);
  std::vector<double> mean(prices.size(), 0);
  std::vector<double> square(prices.size(), 0);
  for (int i = 0; i < kSteps && !control.must_stop(); ++i) {
    set_first_prices(prices);
    try_prices(prices_, evaluate(prices_));
    double const length = kFirst * std::pow(kLast / kFirst, static_cast<double>(i) / kSteps);
    for (std::size_t p = 0; p < prices.size(); ++p) {
      double slope = 0;
      for (OptionIndex const index : instance_.pledges[PledgeIndex{p}].options) {
        Option const& option = instance_.options[index];
        for (int t = option.first; t < option.until; ++t) {
          slope += prices_[cell(index, t)] >= prices[p] ? slope_[cell(index, t)] : 0;
        }
      }
      mean[p] = kMemory * mean[p] + (1 - kMemory) * slope;
      square[p] = kSquareMemory * square[p] + (1 - kSquareMemory) * slope * slope;
      prices[p] *= std::exp(-length * mean[p] / (std::sqrt(square[p]) + kSteadying));
    }
  }
}

void PriceBound::set_scale() {
  prices_ = best_prices_;
  scale_.assign(prices_.size(), 0);
  for (std::size_t o = 0; o < instance_.options.size(); ++o) {
    Option const& option = instance_.options[OptionIndex{o}];
    PlannedLine const& line = instance_.lines[option.line];
    double const worth = line.worth * std::min(line.quantity, option.effectiveness);
    for (int t = line.from; t < line.to; ++t) {
      double const price = std::max(prices_[cell(OptionIndex{o}, t)], 1e-3 * worth);
      scale_[cell(OptionIndex{o}, t)] =
          std::pow(worth, kWorthWeight) * std::pow(price, 1 - kWorthWeight);
    }
  }
  double mean = 0;
  for (std::size_t i = 0; i < cells_; ++i) {
    mean += scale_[i] / static_cast<double>(cells_);
  }
  std::fill(scale_.begin() + static_cast<std::ptrdiff_t>(cells_), scale_.end(), mean);
  mean_slope_.assign(prices_.size(), 0);
  mean_square_.assign(prices_.size(), 0);
}

}  // namespace guarantor::generate
