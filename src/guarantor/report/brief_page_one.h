#pragma once

#include <optional>
#include <string>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// The first page: the plan in sentences for a head of government's adviser. Every list is capped
/// by its length in characters, so that the page is one A4 page whatever the scenario holds.
[[nodiscard]] std::string page_one(PlanReading const& reading,
                                   std::optional<model::ForcePlan> const& since);

}  // namespace guarantor::report
