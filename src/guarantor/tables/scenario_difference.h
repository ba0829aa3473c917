#pragma once

#include "guarantor/model/scenario.h"
#include "guarantor/model/scenario_difference.h"

namespace guarantor::tables {

/// What changed from one scenario to another: rows are matched by their table's key, cells are
/// compared as they are written, columns of any name included. Rows that share a key (several
/// sources of one cell) are matched where they are equal, then in order. Empty exactly where the
/// two have the same content hash. O(n log n) in cells.
[[nodiscard]] model::ScenarioDifference difference(model::Scenario const& before,
                                                   model::Scenario const& after);

}  // namespace guarantor::tables
