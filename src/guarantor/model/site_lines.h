#pragma once

#include <optional>
#include <span>

#include "guarantor/model/scenario.h"

namespace guarantor::model {

/// The requirement line that follows where a site is chosen: what its row says is to stand there,
/// at its place and in that place's area, from the site's month to the horizon. Nothing where the
/// row asks for no capability.
[[nodiscard]] std::optional<Requirement> line_of(Scenario const& scenario, Site const& site);

/// The scenario with the lines of these sites after its own; sites it does not have, and those that
/// ask for nothing, add none. O(sites · rows).
[[nodiscard]] Scenario with_lines_of(Scenario scenario, std::span<SiteId const> sites);

}  // namespace guarantor::model
