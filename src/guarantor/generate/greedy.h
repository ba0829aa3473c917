#pragma once

#include <vector>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {

/// A first plan: unit after unit takes the timeline of tours that adds most to what is already
/// planned, found exactly by dynamic programming over its months. Keeps every rule; deterministic.
/// O(units x options x months x tour).
[[nodiscard]] std::vector<Start> greedy_plan(model::Scenario const& scenario,
                                             Instance const& instance);

}  // namespace guarantor::generate
