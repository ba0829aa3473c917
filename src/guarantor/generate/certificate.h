#pragma once

#include <string>
#include <vector>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {

/// What a set of starts amounts to, counted from nothing but the instance's own numbers.
struct Certificate {
  double objective{};
  std::vector<std::string> broken_rules;        ///< empty for a plan that may be shown
  Table<LineIndex, std::vector<double>> cover;  ///< counted cover by month of the line
};

/// Counts the objective of SCENARIO.md and checks each of its row families month by month, sharing
/// no code with the model that is solved. O(tours x months).
[[nodiscard]] Certificate certify(model::Scenario const& scenario, Instance const& instance,
                                  std::vector<Start> const& starts);

}  // namespace guarantor::generate
