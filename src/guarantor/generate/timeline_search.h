#pragma once

#include <string_view>
#include <vector>

#include "guarantor/generate/instance.h"
#include "guarantor/model/random_stream.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

/// A good plan, without a bound: units are put in where they add most, then, again and again, a
/// few related ones are taken out and put back in another order; a worse plan is accepted
/// with a chance that falls as the search goes on (simulated annealing). Keeps every rule. The work
/// grows with the instance and not with the clock, which can only cut it short; so the same stream
/// gives the same plan.
[[nodiscard]] std::vector<Start> search_timelines(model::Scenario const& scenario,
                                                  Instance const& instance,
                                                  model::RandomStream stream,
                                                  model::RunControl const& control);

}  // namespace guarantor::generate
