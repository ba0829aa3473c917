#pragma once

#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/watch/thermal_assessment.h"

namespace guarantor::bench {

/// Each earlier year judged by a background fitted to the others, as tables of text: the share of
/// cell-days above the bounds, and how often what was given a probability came true. Errors as
/// `ThermalBackground::fit`; kBadInput for fewer than three years, since two must remain.
[[nodiscard]] model::Result<std::string> calibration(watch::BackgroundRequest const& request);

/// Days by the share of their fires that is probably no background, in tenths of days, beside the
/// share that was published as war fires: the one outside truth there is.
[[nodiscard]] std::string published_shares(std::vector<watch::ThermalDay> const& days,
                                           std::vector<double> const& published);

}  // namespace guarantor::bench
