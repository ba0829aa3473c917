#pragma once

#include <optional>
#include <string>

#include "guarantor/report/brief_part.h"

/// The parts of the first page that speak of the force itself.
namespace guarantor::report {

/// The opening paragraph.
[[nodiscard]] std::string lead(PlanReading const& reading);
[[nodiscard]] BriefPart who_goes(PlanReading const& reading);
[[nodiscard]] BriefPart what_was_offered(PlanReading const& reading);
[[nodiscard]] BriefPart enough_for_what(PlanReading const& reading);
[[nodiscard]] BriefPart what_changed(PlanReading const& reading,
                                     std::optional<model::ForcePlan> const& since);
[[nodiscard]] BriefPart what_is_not_stated(PlanReading const& reading);

}  // namespace guarantor::report
