#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"

namespace guarantor::model {

enum class WorldKind { kNominal, kAssured, kGiven, kExpected };
template <>
inline constexpr Words<4> kWords<WorldKind>{"nominal", "assured", "given", "expected"};

/// Which world is meant: nominal (nobody refuses), assured (nothing unmet is relied on), given
/// (nominal with stated changes), expected (a sample).
struct WorldRequest {
  WorldKind kind{WorldKind::kNominal};
  std::map<ConditionId, bool> assumed;
  bool include_indicated{};  ///< whether pledges of status `indicated` count

  friend bool operator==(WorldRequest const&, WorldRequest const&) = default;
};

/// What holds in a world, row by row.
struct World {
  std::map<ConditionId, std::optional<bool>> conditions;  ///< nothing: unknown
  std::vector<bool> pledge_holds;  ///< by row of `pledges`; withdrawn and uncounted ones are false
  std::vector<bool> phase_begins;  ///< by row of `phases`
  std::set<NationId> joined;       ///< nations with a presence pledge that holds
  bool viable{true};
};

/// What is true in the world asked for. Coalition atoms, which may be circular, take the greatest
/// fixed point in a nominal or given world and the least in an assured one. In an assured world an
/// expression holds only if it is true under every completion of what is unknown.
/// Error kRefused: the expected world, which is a sample and not one world; kBadInput: an assumed
/// condition that the scenario does not have.
[[nodiscard]] Result<World> resolve(Scenario const& scenario, WorldRequest const& request);

/// How many atoms of one expression may stand both plainly and under `!`; `validate` holds it.
inline constexpr int kMostTwoSidedAtoms = 16;

/// True if `expression` is true whatever the atoms without a known value turn out to be. Exact: an
/// atom that stands only plainly is worst when false, one only under `!` when true, and each that
/// stands both ways doubles the work.
[[nodiscard]] bool holds_in_every_completion(
    Expression const& expression, std::function<std::optional<bool>(Atom const&)> const& known);

}  // namespace guarantor::model
