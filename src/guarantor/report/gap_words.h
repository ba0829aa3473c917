#pragma once

#include <string>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// Why something is missing, as a sentence; nations that stand behind it are named once.
[[nodiscard]] std::string why_missing(PlanReading const& reading, model::Gap const& gap);

/// What would close a gap: the single changes that were tried and do, by kind, with what the
/// objective gains; else where an ask would; else that nothing tried does.
[[nodiscard]] std::string what_would_close(PlanReading const& reading, model::Gap const& gap);

}  // namespace guarantor::report
