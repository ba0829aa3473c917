#include "guarantor/posture/cost_grain.h"

#include <cmath>
#include <numeric>

namespace guarantor::posture {

double cost_grain(std::vector<double> const& costs) {
  constexpr double kLargest = 1e12;
  long long grain = 0;
  for (double const cost : costs) {
    if (!std::isfinite(cost)) {
      continue;
    }
    if (cost != std::floor(cost) || cost > kLargest) {
      return 0;
    }
    grain = std::gcd(grain, static_cast<long long>(cost));
  }
  return static_cast<double>(grain);
}

}  // namespace guarantor::posture
