#pragma once

#include <string>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// All numbered sections behind the first page.
[[nodiscard]] std::string annex(PlanReading const& reading);

}  // namespace guarantor::report
