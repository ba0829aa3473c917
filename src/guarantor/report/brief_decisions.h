#pragma once

#include <string>

#include "guarantor/report/brief_part.h"

/// The parts of the first page that speak of what others must decide or give.
namespace guarantor::report {

/// A condition, who decides it and how, and by when.
[[nodiscard]] std::string in_words(PlanReading const& reading, model::Condition const& condition);

[[nodiscard]] BriefPart mandate_and_decisions(PlanReading const& reading);
[[nodiscard]] BriefPart asked_of_whom(PlanReading const& reading);

}  // namespace guarantor::report
