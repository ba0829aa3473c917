#include "guarantor/posture/capacitated_p_median_knapsack.h"

#include <algorithm>
#include <limits>

#include "guarantor/posture/capacitated_p_median_part.h"

namespace guarantor::posture {
namespace {

constexpr long kMostSteps = 5000;

}  // namespace

void SiteKnapsack::add(std::uint32_t demand, double profit, double size) {
  double const rate = size > 0 ? profit / size : std::numeric_limits<double>::infinity();
  items_.push_back({profit, size, rate, demand});
}

void SiteKnapsack::order() {
  std::sort(items_.begin(), items_.end(), [](Item const& a, Item const& b) {
    return a.rate > b.rate || (a.rate == b.rate && a.demand < b.demand);
  });
}

double SiteKnapsack::linear_from(std::size_t item, double capacity) const {
  double value = 0;
  for (; item < items_.size(); ++item) {
    if (items_[item].size > capacity + kSizeRounding) {
      return value + std::max(0.0, capacity) * items_[item].rate;
    }
    value += items_[item].profit;
    capacity -= items_[item].size;
  }
  return value;
}

double SiteKnapsack::linear_without(std::size_t left_out, double capacity) const {
  double value = 0;
  for (std::size_t k = 0; k < items_.size(); ++k) {
    if (k == left_out) {
      continue;
    }
    if (items_[k].size > capacity + kSizeRounding) {
      return value + std::max(0.0, capacity) * items_[k].rate;
    }
    value += items_[k].profit;
    capacity -= items_[k].size;
  }
  return value;
}

void SiteKnapsack::search(std::size_t item, double capacity, double value) {
  while (item < items_.size() && items_[item].size > capacity + kSizeRounding) {
    ++item;
  }
  if (value > best_) {
    best_ = value;
    best_taken_ = taken_;
  }
  if (item == items_.size() || ++steps_ > kMostSteps ||
      value + linear_from(item, capacity) <= best_) {
    return;
  }
  taken_[item] = 1;
  search(item + 1, capacity - items_[item].size, value + items_[item].profit);
  taken_[item] = 0;
  search(item + 1, capacity, value);
}

double SiteKnapsack::solve(double capacity) {
  taken_.assign(items_.size(), 0);
  best_taken_.assign(items_.size(), 0);
  best_ = 0;
  steps_ = 0;
  search(0, capacity, 0);
  return steps_ > kMostSteps ? linear(capacity) : best_;
}

}  // namespace guarantor::posture
