#pragma once

#include <string>

#include "guarantor/model/scenario.h"

namespace guarantor::report {

/// What heads and foots every output: `EXERCISE` for an exercise, then the scenario's marking;
/// empty where there is neither.
[[nodiscard]] inline std::string banner(model::Scenario const& scenario) {
  std::string text =
      scenario.header.kind == model::ScenarioKind::kExercise ? "EXERCISE" : std::string{};
  if (!scenario.header.marking.empty()) {
    text += (text.empty() ? "" : " · ") + scenario.header.marking;
  }
  return text;
}

}  // namespace guarantor::report
