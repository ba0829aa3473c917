#include "bench/measurement.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace guarantor::bench {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

}  // namespace

std::optional<double> gap_of(Measurement const& measurement) {
  if (!measurement.objective || !measurement.bound) {
    return std::nullopt;
  }
  return std::abs(*measurement.bound - *measurement.objective) /
         std::max(1.0, std::abs(*measurement.objective));
}

std::optional<double> median(std::vector<std::optional<double>> gaps) {
  std::sort(gaps.begin(), gaps.end(),
            [](auto const& a, auto const& b) { return a.value_or(kNone) < b.value_or(kNone); });
  auto const low = gaps[(gaps.size() - 1) / 2];
  auto const high = gaps[gaps.size() / 2];
  if (!low || !high) {
    return std::nullopt;
  }
  return (*low + *high) / 2;
}

}  // namespace guarantor::bench
