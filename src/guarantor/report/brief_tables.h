#pragma once

#include <string>

#include "guarantor/report/brief_sources.h"
#include "guarantor/report/plan_reading.h"

/// The brief's tables, each with a caption that says what it found.
namespace guarantor::report {

[[nodiscard]] std::string lines_table(PlanReading const& reading, SourceList const& sources);
[[nodiscard]] std::string nations_table(PlanReading const& reading);
[[nodiscard]] std::string gaps_table(PlanReading const& reading);
[[nodiscard]] std::string asks_table(PlanReading const& reading);
[[nodiscard]] std::string conditions_table(PlanReading const& reading, SourceList const& sources);
[[nodiscard]] std::string comparisons_table(PlanReading const& reading);
[[nodiscard]] std::string not_stated_table(PlanReading const& reading, SourceList const& sources);

}  // namespace guarantor::report
