#pragma once

#include <string>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// What a plan of the expected world rests on, in a few sentences: how many worlds, whether drawn
/// or all, the mean and its interval, how many are without a coalition, what is moved. Empty for
/// every other plan.
[[nodiscard]] std::string over_the_worlds(PlanReading const& reading);

}  // namespace guarantor::report
