#pragma once

#include <string>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// What the plan rests on, as sentences: the shares of covered worth by confidence, how they are
/// counted, and how many of the offers used are reported. REQUIRES: something is covered.
[[nodiscard]] std::string ground(PlanReading const& reading);

}  // namespace guarantor::report
