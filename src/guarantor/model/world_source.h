#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "guarantor/model/condition_network.h"
#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/world.h"

namespace guarantor::model {

/// A world and the share of all worlds that are like it; those of a list add up to 1.
struct WeightedWorld {
  World world;
  double weight{};
};

/// The world itself where there is a coalition; else the same with nothing holding, since nobody
/// comes.
[[nodiscard]] World as_planned(World world);

/// The worlds of a scenario as its conditions' probabilities have them. Worlds in which the same
/// pledges hold and the same phases begin are one, and so are all that are not viable: in them
/// nothing holds. Keeps a reference to the scenario.
class WorldSource {
 public:
  /// Only conditions that matter are drawn: those that a counted pledge, a phase or `viable_if`
  /// names, and those their `given` items mention. What `request` assumes is settled, and is no
  /// evidence about what stands above it. Errors: those of `ConditionNetwork::build` for the
  /// conditions that matter; kBadInput for an assumed condition that the scenario does not have.
  [[nodiscard]] static Result<WorldSource> build(Scenario const& scenario,
                                                 WorldRequest const& request);

  /// Every world that can be, by its probability; nothing where there are more than `most`, or
  /// where the conditions fall in more than a few thousand ways.
  [[nodiscard]] std::optional<std::vector<WeightedWorld>> all(std::size_t most) const;

  /// `count` worlds drawn, equal ones together. World k of a seed and purpose is the same in every
  /// variant of a scenario, as far as the variants share conditions. REQUIRES: count > 0.
  [[nodiscard]] std::vector<WeightedWorld> draw(std::uint64_t seed, std::string_view purpose,
                                                int count) const;

 private:
  WorldSource(Scenario const& scenario, WorldRequest request, ConditionNetwork network)
      : scenario_{&scenario}, request_{std::move(request)}, network_{std::move(network)} {}

  [[nodiscard]] World world_of(ConditionNetwork::Draw const& draw) const;

  Scenario const* scenario_;
  WorldRequest request_;
  ConditionNetwork network_;
};

}  // namespace guarantor::model
