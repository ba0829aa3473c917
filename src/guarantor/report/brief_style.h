#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/scenario.h"

namespace guarantor::report {

/// The brief's style sheet: fonts every system has, A4 in print with the scenario's title, its mark
/// and the hash of what is shown on every page, a readable column on a screen.
[[nodiscard]] std::string style(model::Scenario const& scenario, std::string const& hash,
                                std::string_view hash_of = "plan");

}  // namespace guarantor::report
