#pragma once

#include <vector>

namespace guarantor::posture {

/// The largest number of which all costs are whole multiples: two sums of them differ by at least
/// that. 0 where a cost is not whole (or too large to tell), or all are zero. Infinite ones, which
/// no sum contains, are passed over.
[[nodiscard]] double cost_grain(std::vector<double> const& costs);

}  // namespace guarantor::posture
