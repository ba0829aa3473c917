#pragma once

#include <nlohmann/json_fwd.hpp>
#include <variant>

#include "guarantor/model/error.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/serve/plan_job.h"
#include "guarantor/serve/scenario_views.h"

namespace guarantor::serve {

/// What `POST …/plans` asks for, read: an order, or the response that says what is wrong with it
/// (400 for a member that is none or of the wrong type, 422 with every error of changed rows).
/// `view` is the whole of the version that is to be planned.
[[nodiscard]] std::variant<PlanOrder, Response> read_plan_order(nlohmann::json const& body,
                                                                ScenarioView const& view);

}  // namespace guarantor::serve
