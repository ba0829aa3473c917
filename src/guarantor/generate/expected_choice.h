#pragma once

#include <optional>
#include <vector>

#include "guarantor/generate/expected_scenes.h"

namespace guarantor::generate {

/// A group's designation.
struct Choice {
  Designation designation;
  std::optional<double> bound;  ///< of every designation over the design worlds, from the extensive
                                ///< form; nothing where that was not needed or too large
};

/// For each group the best designation found over the design worlds: of several candidates, or
/// proven by the extensive form where that is small. Units that no design world uses where they are
/// designated are not designated. REQUIRES: all scenes of some weight, and each group's nominal and
/// assured ones, are planned freely.
[[nodiscard]] model::Result<std::vector<Choice>> choose_designations(
    std::vector<Group> const& groups, SceneBook& book, model::RunControl const& control);

/// The extensive form of a group over weighted scenes, solved, unless it is large. `weight` picks
/// design worlds or valued ones.
[[nodiscard]] model::Result<std::optional<WorldPlanner::Extensive>> solve_extensive(
    Group const& group, double Scene::* weight, double known_objective, double known_bound,
    SceneBook& book, model::RunControl const& control);

}  // namespace guarantor::generate
