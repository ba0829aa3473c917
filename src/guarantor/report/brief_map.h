#pragma once

#include <string>
#include <string_view>

#include "guarantor/report/map_scene.h"
#include "guarantor/report/plan_reading.h"

/// The chapter of the brief that shows where everything is.
namespace guarantor::report {

/// What the map shows in a sentence or two, the map, and, where there are any, the sites with what
/// they reach.
[[nodiscard]] std::string map_chapter(PlanReading const& reading, MapSource const& source);

/// The part of the style sheet that only the map needs.
[[nodiscard]] std::string_view map_style();

}  // namespace guarantor::report
