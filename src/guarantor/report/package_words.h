#pragma once

#include <string>
#include <vector>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// The package that was asked for, in sentences: what it is, or why none does; what it lifts from
/// where to where; what it gains; whether a smaller one was ruled out. Empty where none was asked.
[[nodiscard]] std::vector<std::string> package_in_words(PlanReading const& reading);

/// What each tier has where tiers are filled strictly in order, a sentence each; empty otherwise.
[[nodiscard]] std::vector<std::string> tiers_in_words(model::ForcePlan const& plan);

}  // namespace guarantor::report
