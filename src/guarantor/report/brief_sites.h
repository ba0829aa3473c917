#pragma once

#include <string>

#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"

/// The part of the brief that says where reserves, stocks and medical stations would stand.
namespace guarantor::report {

/// For each kind what was chosen and what is proven of it, a table of the sites, one of how soon
/// what must be reached is reached by tier, and what no choice can keep.
[[nodiscard]] std::string sites_part(model::Scenario const& scenario, model::SitePlan const& plan);

}  // namespace guarantor::report
