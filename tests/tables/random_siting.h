#pragma once

#include <functional>
#include <string>

#include "guarantor/model/random_stream.h"
#include "guarantor/model/scenario.h"

namespace guarantor::tables {

/// Adds demands, sites and rules of siting to a random scenario: one of each at every location,
/// some of the demands at a line or a sector instead where there is a line that is cut.
void add_random_siting(model::Scenario& scenario, model::RandomStream& random,
                       std::function<std::string()> const& text,
                       std::function<model::Row()> const& row);

}  // namespace guarantor::tables
