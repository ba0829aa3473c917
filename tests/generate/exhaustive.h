#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

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

/// A plan that breaks no rule: what it is worth, and the units present by row of the pledge, row of
/// the line and month.
struct ExhaustivePlan {
  double worth{};
  std::map<std::tuple<std::size_t, std::size_t, int>, int> present;
};

/// Every plan of the world, that of nobody anywhere included (the only one where there is no
/// coalition). Nothing where there are more than `most_plans` to try.
[[nodiscard]] std::optional<std::vector<ExhaustivePlan>> exhaustive_plans(
    model::Scenario const& scenario, model::WorldRequest const& request, std::size_t most_plans);

}  // namespace guarantor::generate
