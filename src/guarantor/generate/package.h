#pragma once

#include <optional>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/plan.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

/// kBadInput where a request for a package names a nation or a line that the scenario does not
/// have, no line, or a fill outside (0, 1]; nothing where all is well.
[[nodiscard]] std::optional<model::Error> unknown_names(model::Scenario const& scenario,
                                                        Request const& request);

/// The scenario with a package in it: pledges of the nation, sustained, without caveats, conditions
/// or price, in place from their months on.
[[nodiscard]] model::Scenario with_package(model::Scenario const& scenario,
                                           model::NationId const& nation,
                                           std::vector<model::PackageUnits> const& units);

/// The smallest package that `request.package` asks for, in units of whatever kind, beside `plan`.
/// A package reaches the fill if the plan solved again with it does, where plans of the same worth
/// are told apart by the stated lines. First one that reaches it is made as small as it gets; then
/// all smaller ones are tried, by size, as far as a budget of work goes: `proven` tells whether
/// that was all of them. Where enough of everything does not reach it, `reason` says what is in the
/// way. REQUIRES: `unknown_names` finds nothing. Errors: those of `solve_plan`.
[[nodiscard]] model::Result<model::Package> find_package(model::Scenario const& scenario,
                                                         Request const& request,
                                                         ComponentCache& cache,
                                                         model::RunControl const& control,
                                                         model::ForcePlan const& plan);

}  // namespace guarantor::generate
