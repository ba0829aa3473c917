#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/report/map_scene.h"
#include "guarantor/report/plan_sheets.h"

/// A plan for those to whom a part of it was released. What rests on every offer there is has no
/// place here, so that nothing that is left out reads as if it were nought.
namespace guarantor::report {

/// What of a plan its reader does not get.
struct Withheld {
  std::vector<model::RequirementId> lines;  ///< their fill
  std::vector<std::string_view> parts;      ///< e.g. "bound"
};

/// Assignments, fill, what is not stated, and what is withheld. REQUIRES: scenario and plan hold
/// what was released alone.
[[nodiscard]] std::vector<Sheet> released_sheets(model::Scenario const& scenario,
                                                 model::ForcePlan const& plan,
                                                 Withheld const& withheld);

/// The same as one HTML page that needs nothing outside itself and prints on A4, with the map.
/// REQUIRES: as `released_sheets`; the map's layers hold what was released alone.
[[nodiscard]] std::string to_released_brief(model::Scenario const& scenario,
                                            model::ForcePlan const& plan, Withheld const& withheld,
                                            MapSource const& map);

}  // namespace guarantor::report
