#pragma once

#include <functional>
#include <string>

#include "guarantor/model/random_stream.h"
#include "guarantor/model/scenario.h"

namespace guarantor::tables {

/// Gives rows with an owner a release: some nations, all or the public, with columns or without;
/// makes some nations assessors; and adds sources of cells that have an owner.
void add_random_releases(model::Scenario& scenario, model::RandomStream& random,
                         std::function<std::string()> const& text);

}  // namespace guarantor::tables
