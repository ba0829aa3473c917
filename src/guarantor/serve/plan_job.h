#pragma once

#include <optional>
#include <string>

#include "guarantor/chain/chain.h"
#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"
#include "guarantor/serve/kept_plan.h"
#include "guarantor/serve/services.h"

/// Planning as a job: from what is asked to the records that are kept.
namespace guarantor::serve {

/// A plan to be made.
struct PlanOrder {
  model::Scenario scenario;  ///< changed already, where changes are asked for
  std::string name;          ///< what the plan is kept as: its key
  chain::Request request;
  model::Seconds time_limit{30};
  PlanAsked asked;
};

/// What a plan is kept as: a plan of the scenario as it is has its id, one of rows as if they were
/// otherwise another, so that it never stands for the scenario's.
[[nodiscard]] std::string plan_name(std::string const& scenario, PlanAsked const& asked);

/// Plans, keeps the plan and its sites, and gives `{"plan","version","sites"}` as JSON. Cancelled,
/// or at its time limit, it keeps the best so far. Errors: those of `chain::run` and of the store.
[[nodiscard]] model::Result<std::string> run_plan(Services& services, PlanOrder const& order,
                                                  store::Author const& author,
                                                  model::RunControl const& control);

}  // namespace guarantor::serve
