#pragma once

#include <string>
#include <vector>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// What is missing at one line for one reason, in all the months in which it is.
struct Shortfall {
  model::Gap gap;        ///< from its first month to its last, short by the mean of those counted
  model::Months months;  ///< how many of them it counts
};

/// The plan's gaps, those of one line and one reason taken together, in the order of the first of
/// each. O(n^2).
[[nodiscard]] std::vector<Shortfall> shortfalls(model::ForcePlan const& plan);

/// Why something is missing, as a sentence; nations that stand behind it are named once.
[[nodiscard]] std::string why_missing(PlanReading const& reading, model::Gap const& gap);

/// What would close a gap: the single changes that were tried and do, by kind, with what the
/// objective gains; else where an ask would; else that nothing tried does.
[[nodiscard]] std::string what_would_close(PlanReading const& reading, model::Gap const& gap);

}  // namespace guarantor::report
