#pragma once

#include "guarantor/model/error.h"
#include "guarantor/model/network.h"
#include "guarantor/model/scenario.h"

namespace guarantor::model {

/// The network that a scenario's links make: its nodes are the locations that have a position, in
/// their order, its links those of the scenario. A row without a confidence is illustrative, and
/// speeds rest on what their row does where nothing else is said.
/// Limit: more than 65,535 different sets of speeds. REQUIRES: a scenario without errors.
/// O(n log n).
[[nodiscard]] Result<Network> network_of(Scenario const& scenario);

}  // namespace guarantor::model
