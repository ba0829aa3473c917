#pragma once

#include <string>
#include <vector>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// Names, as they stand in a sentence, of the nations whose offers without a number name a
/// condition; each once.
[[nodiscard]] std::vector<std::string> tied_without_number(PlanReading const& reading,
                                                           model::ConditionId const& condition);

/// A sentence where more than half of the offers that stand have no number; else nothing.
[[nodiscard]] std::string most_is_unstated(PlanReading const& reading);

}  // namespace guarantor::report
