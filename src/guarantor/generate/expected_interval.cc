#include "guarantor/generate/expected_interval.h"

#include <cmath>

namespace guarantor::generate {
namespace {

/// The 0.975 quantile of Student's distribution, by its expansion in 1 / freedom (Abramowitz and
/// Stegun 26.7.5); to 0.1 % from 5 degrees of freedom on.
double student_quantile(int freedom) {
  constexpr double kNormal = 1.959963984540054;
  double const z = kNormal;
  double const z2 = z * z;
  double const n = freedom;
  double const g1 = z * (z2 + 1) / 4;
  double const g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
  double const g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  double const g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  return z + g1 / n + g2 / (n * n) + g3 / (n * n * n) + g4 / (n * n * n * n);
}

}  // namespace

MeanInterval interval_of(std::vector<WeightedValue> const& values, int count) {
  double mean = 0;
  for (WeightedValue const& entry : values) {
    mean += entry.weight * entry.value;
  }
  double variance = 0;
  for (WeightedValue const& entry : values) {
    variance += entry.weight * (entry.value - mean) * (entry.value - mean);
  }
  // The variance of the sample is count/(count - 1) times this; that of its mean a count-th of it.
  double const half = student_quantile(count - 1) * std::sqrt(variance / (count - 1));
  return {mean, mean - half, mean + half};
}

}  // namespace guarantor::generate
