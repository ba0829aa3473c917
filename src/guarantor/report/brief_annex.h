#pragma once

#include <string>

#include "guarantor/report/map_scene.h"
#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// All numbered sections behind the first page.
[[nodiscard]] std::string annex(PlanReading const& reading, MapSource const& map);

}  // namespace guarantor::report
