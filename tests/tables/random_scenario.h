#pragma once

#include <cstdint>

#include "guarantor/model/scenario.h"

namespace guarantor::tables {

/// A scenario without errors, chosen by `seed` from all that the model can hold: any table may be
/// empty, any field absent, texts are as awkward as files allow, and columns nobody knows occur.
[[nodiscard]] model::Scenario random_scenario(std::uint64_t seed);

}  // namespace guarantor::tables
