#pragma once

#include <cstdint>

#include "guarantor/model/scenario.h"

namespace guarantor::generate {

/// A tiny fictional scenario drawn from a seed, rich in rules: least fill, framework nations,
/// ceilings, bundles, every kind of quantity, rules of engagement, caveats, phases, circular
/// coalitions. The same seed gives the same scenario everywhere.
[[nodiscard]] model::Scenario random_case(std::uint64_t seed);

/// The same with sizes of one's own, for cases beyond exhaustive search.
[[nodiscard]] model::Scenario random_case(std::uint64_t seed, int pledges, int lines, int months);

}  // namespace guarantor::generate
