#pragma once

#include <string>
#include <vector>

#include "bench/measurement.h"

namespace guarantor::bench {

/// A figure of the proven gap against the time limit, both on logarithmic axes, as SVG: a line a
/// solver through its median over the cases, a small mark a run. What proves its plan stands on the
/// floor, what finds none under the ceiling. REQUIRES: measurements of one group, not empty.
[[nodiscard]] std::string gap_chart(std::vector<Measurement> const& measurements,
                                    std::string const& title, std::string const& subtitle);

}  // namespace guarantor::bench
