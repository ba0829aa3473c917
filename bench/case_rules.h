#pragma once

#include <cstdint>

#include "guarantor/model/scenario.h"

namespace guarantor::bench {

/// Gives a plain case every optional family of rows: least fill, framework nations, rules of
/// engagement, ceilings of every scope, bundles, units that go once or stay, last months, phases
/// that wait, coalitions that wait for each other, flows, stocks and a measure in larger
/// quantities, substitutes of several effectivenesses, offers not stated, indicated and withdrawn.
/// Each family stands in every case of at least 30 pledges and 20 lines; with 14 lines none asks
/// for the measure.
void add_optional_rows(model::Scenario& scenario, std::uint64_t seed);

}  // namespace guarantor::bench
