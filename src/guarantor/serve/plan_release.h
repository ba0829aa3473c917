#pragma once

#include <nlohmann/json_fwd.hpp>

#include "guarantor/model/error.h"
#include "guarantor/serve/plan_shelf.h"
#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

/// Saying who else may see a plan: the same body kept once more, with another list.
namespace guarantor::serve {

/// Releases the plan, and unless `with_sites` is false the sites that were chosen for it, to
/// `releasable_to`: nations of the scenario, `all`, `public`; an empty list takes it back. Errors:
/// kBadInput for a list that is none; those of the store.
[[nodiscard]] model::Result<Response> release_plan(Services& services, Call const& call,
                                                   nlohmann::json const& body,
                                                   ShownPlan const& plan);

/// The same of the newest site plan alone, or of that of `plan`. Error kNotFound where there is
/// none.
[[nodiscard]] model::Result<Response> release_sites_of(Services& services, Call const& call,
                                                       nlohmann::json const& body);

}  // namespace guarantor::serve
