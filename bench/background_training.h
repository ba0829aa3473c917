#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/watch/thermal_grid.h"

namespace guarantor::bench {

/// What a background is fitted to, and what people should know of it, a line each.
struct Training {
  std::vector<watch::ThermalFire> fires;
  std::vector<int> years;
  std::vector<std::string> notes;
};

/// Fires before the first judged day, so that nothing judged is learnt from, and the years that
/// were observed: those stated that began before it, or else those in which a fire is left. Notes
/// say how many fires were left out, and which years seem to be given in part: a year counts as
/// observed from its first day to its last, so months that are missing pass for months without a
/// fire. Error kBadInput where fires were left out and fewer than two years remain.
[[nodiscard]] model::Result<Training> training_before(
    std::optional<model::Date> const& first_judged, std::vector<watch::ThermalFire> fires,
    std::vector<int> const& stated);

}  // namespace guarantor::bench
