#pragma once

#include "guarantor/report/brief_part.h"

/// The parts of the first page on what a failing condition takes.
namespace guarantor::report {

[[nodiscard]] BriefPart what_a_no_costs(PlanReading const& reading);
[[nodiscard]] BriefPart with_and_without_backstop(PlanReading const& reading);

}  // namespace guarantor::report
