#pragma once

#include <string>

#include "guarantor/model/scenario.h"

namespace guarantor::report {

/// The brief's style sheet: fonts every system has, A4 in print with the scenario's title, its mark
/// and the plan's hash on every page, a readable column on a screen.
[[nodiscard]] std::string style(model::Scenario const& scenario, std::string const& plan_hash);

}  // namespace guarantor::report
