#pragma once

#include <compare>
#include <string>
#include <vector>

#include "guarantor/generate/plan.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"

namespace guarantor::generate {

/// One thing about a scenario or a request that could be otherwise.
struct SingleChange {
  std::string kind;  ///< as in `model::Unlock`
  std::string what;  ///< the id of what changes
  friend auto operator<=>(SingleChange const&, SingleChange const&) = default;
};

/// The single changes that could move what stands in a gap's way.
[[nodiscard]] std::vector<SingleChange> changes_for(model::Gap const& gap);

/// Makes the change, `state-quantity` so that it fills the gap's line; false where there is nothing
/// of that name to change.
[[nodiscard]] bool make_change(SingleChange const& change, model::Gap const& gap,
                               model::Scenario& scenario, Request& request);

}  // namespace guarantor::generate
