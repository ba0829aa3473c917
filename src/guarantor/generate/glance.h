#pragma once

#include <span>

#include "guarantor/generate/component_cache.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/world.h"

namespace guarantor::generate {

/// A plan for a look at what there is: one short search of a fixed length for each component, and
/// the bound that it begins with. The same scenario and cache, the same plan, whatever the clock
/// says; `stopped_by_limit` but where the bound proves it anyway. Components that `cache` knows are
/// taken from there, others begin with what it knows of those like them; it learns what is found.
/// Of `elsewhere` only components that are the same are taken: it makes a plan quick, not another.
/// Errors as `plan`; kRefused for the expected world.
/// REQUIRES: `model::validate(scenario)` has no error.
[[nodiscard]] model::Result<model::ForcePlan> glance(
    model::Scenario const& scenario, model::WorldRequest const& world, ComponentCache& cache,
    std::span<ComponentCache const* const> elsewhere = {});

}  // namespace guarantor::generate
