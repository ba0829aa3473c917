#pragma once

#include <utility>
#include <vector>

namespace guarantor::generate {

struct WeightedValue {
  double value{};
  double weight{};  ///< those of a list add up to 1
};

struct MeanInterval {
  double mean{};
  double low{};
  double high{};
};

/// The mean of `count` independent draws, equal ones together, and its 95 % interval by Student's
/// t. Holds where the mean is near enough to normal, which a few dozen draws of values that are not
/// very skewed give. REQUIRES: count > 1.
[[nodiscard]] MeanInterval interval_of(std::vector<WeightedValue> const& values, int count);

}  // namespace guarantor::generate
