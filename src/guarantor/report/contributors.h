#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// The nations of a plan by what they do; each stands once.
struct Contributors {
  std::vector<model::NationId> senders;  ///< put people in place outside their own country
  std::int64_t people{};                 ///< the senders', most at once, where personnel is given
  bool all_counted{true};                ///< false: personnel is not given for some of it
  std::vector<model::NationId> hosts;    ///< send nobody, and people stand on their soil
  std::vector<model::NationId> others;   ///< bring money, goods, training or measures
};

/// Who puts people in place, in the order of the plan's nations. People are presence whose
/// personnel is not 0; a line is on a nation's own soil where the country of its location is that
/// nation. O(assignments x locations).
[[nodiscard]] Contributors contributors(PlanReading const& reading);

/// The same as a sentence without its full stop, to follow what world the plan is of.
[[nodiscard]] std::string who_would_go(PlanReading const& reading);

}  // namespace guarantor::report
