#pragma once

#include <vector>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/instance.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/world.h"

namespace guarantor::generate {

/// What is missing, line by line and month by month, months with the same first reason joined. The
/// reason is where the pledge that came furthest was stopped: offered at all, counted, its
/// condition true, its caveats and rules wide enough, in place in time, its quantity stated, what
/// it requires beside it, a unit free. O(lines x months x pledges).
[[nodiscard]] std::vector<model::Gap> find_gaps(model::Scenario const& scenario,
                                                model::WorldRequest const& request,
                                                model::World const& world, Instance const& instance,
                                                std::vector<Start> const& starts,
                                                Certificate const& certificate, bool proven);

}  // namespace guarantor::generate
