#pragma once

#include <cstdint>

#include "guarantor/model/scenario.h"

namespace guarantor::tables {

/// Gives the locations of a scenario facts that matter for moving, and joins those that have a
/// position by links, some, none or all of whose columns are filled.
void add_network(model::Scenario& scenario, std::uint64_t seed);

}  // namespace guarantor::tables
