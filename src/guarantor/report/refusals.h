#pragma once

#include <string>
#include <vector>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// The comparisons in which one condition fails, by what the failure takes.
struct Refusals {
  std::vector<model::Comparison const*> end;       ///< there is no coalition
  std::vector<model::Comparison const*> lose;      ///< lines lose cover, dearest first
  std::vector<model::Comparison const*> unstated;  ///< only offers without a number wait for it
  std::vector<model::Comparison const*> nothing;   ///< nothing that is offered depends on it

  [[nodiscard]] bool empty() const {
    return end.empty() && lose.empty() && unstated.empty() && nothing.empty();
  }
};

/// Whether the condition that fails in a comparison is a backstop.
[[nodiscard]] bool is_backstop(PlanReading const& reading, model::Comparison const& row);

[[nodiscard]] Refusals refusals(PlanReading const& reading);

/// `“Consent of the diet” (Albia and Corvia)`: the condition, and whose offers without a number
/// wait for it.
[[nodiscard]] std::string unstated_behind(PlanReading const& reading, model::Comparison const& row);

}  // namespace guarantor::report
