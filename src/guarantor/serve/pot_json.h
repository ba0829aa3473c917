#pragma once

#include <nlohmann/json.hpp>

#include "guarantor/model/force_plan.h"
#include "guarantor/serve/scenario_views.h"

namespace guarantor::serve {

/// What `GET …/pot` answers: line by line what is needed and what is there, who brings it and why
/// something is missing; then the nations with what they offer. The plan must be of the view.
[[nodiscard]] nlohmann::ordered_json pot_json(ScenarioView const& view,
                                              model::ForcePlan const& plan);

/// What `GET …/rounds` answers: each meeting with who was there and what was said in it.
[[nodiscard]] nlohmann::ordered_json rounds_json(ScenarioView const& view);

}  // namespace guarantor::serve
