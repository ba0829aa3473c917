#pragma once

#include <cstddef>
#include <optional>

#include "guarantor/model/scenario.h"
#include "guarantor/model/world.h"

namespace guarantor::generate {

struct ExhaustiveAnswer {
  bool viable{};
  double objective{};
};

/// The optimum of the model of SCENARIO.md by trying every plan, read from the scenario anew: it
/// shares nothing with the planner but the evaluation of expressions. Nothing where there are more
/// than `most_plans` to try.
[[nodiscard]] std::optional<ExhaustiveAnswer> exhaustive_optimum(model::Scenario const& scenario,
                                                                 model::WorldRequest const& request,
                                                                 std::size_t most_plans);

}  // namespace guarantor::generate
