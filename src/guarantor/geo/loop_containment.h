#pragma once

#include <s2/s2point.h>

#include <cstddef>
#include <optional>
#include <vector>

/// Which loops lie around a point. Private to the part: no public header includes it.
namespace guarantor::geo {

/// For each loop those others, by index in rising order, whose inside (on their left) holds the
/// loop's probe; none for a loop without a probe. A probe on the border of a loop is not inside it.
/// O(n log n).
/// REQUIRES: loops that do not cross themselves or each other.
[[nodiscard]] std::vector<std::vector<std::size_t>> loops_around(
    std::vector<std::vector<S2Point>> const& loops,
    std::vector<std::optional<S2Point>> const& probes);

}  // namespace guarantor::geo
