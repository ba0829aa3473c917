#pragma once

#include <cstddef>
#include <vector>

#include "guarantor/generate/components.h"
#include "guarantor/model/world_source.h"

namespace guarantor::generate {

/// One way the worlds leave a group of pledges and lines; worlds that differ only elsewhere share
/// it.
struct Scene {
  model::World world;      ///< nothing outside the group holds
  double design_weight{};  ///< among the worlds that choose the designation
  double weight{};         ///< among the worlds that value it
};

/// Pledges and lines that no world ties to the rest: what the worlds are worth is the sum over the
/// groups.
struct Group {
  std::vector<Scene> scenes;
  std::size_t nominal{};              ///< its scene; a designation is a plan of that world
  std::size_t assured{};              ///< its scene
  std::vector<std::size_t> scene_of;  ///< by valued world
};

/// The groups of a scenario. REQUIRES: all worlds are of `scenario`. O(worlds x pledges).
[[nodiscard]] std::vector<Group> group_worlds(model::Scenario const& scenario,
                                              model::World const& nominal,
                                              model::World const& assured,
                                              std::vector<model::WeightedWorld> const& valued,
                                              std::vector<model::WeightedWorld> const& design);

/// The components of a world's instance.
[[nodiscard]] std::vector<Component> components_in(model::Scenario const& scenario,
                                                   model::World const& world);

}  // namespace guarantor::generate
