#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/id.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/world.h"

namespace guarantor::generate {

/// Asks for the smallest package from `nation` that lifts each of `lines` to a mean fill of `fill`.
struct PackageRequest {
  model::NationId nation;
  std::vector<model::RequirementId> lines;
  double fill{1};  ///< share of each line's months, above 0 and at most 1
};

struct Request {
  model::WorldRequest world;
  double gap{0};  ///< stop when |bound - objective| / max(1, |objective|) is at most this
  bool strict_tiers{false};  ///< tiers one after the other, instead of weighted
  bool explain{true};        ///< also find unlocks, asks and comparisons, where the case is small
  std::uint64_t seed{1};
  int threads{1};
  std::optional<PackageRequest> package;  ///< to be found beside the plan
  long most_work{0};  ///< elementary steps before a search is stopped; 0: as many as it takes
  int worlds{200};    ///< drawn, or at most enumerated, in the expected world
};

/// The force plan of a scenario: who goes where, when, how many; its bound and gap; what is missing
/// and why. The same request gives the same plan on any number of threads, unless a time limit cuts
/// it short; then the best plan so far is returned with `stopped_by_limit`.
/// Errors: those of `model::resolve`, or in the expected world of `model::WorldSource::build`;
/// kRefused for `strict_tiers` or a `package` in the expected world; kBadInput for a package of a
/// nation or for lines that the scenario does not have; kDefect if the plan found does not survive
/// its own check.
/// REQUIRES: `model::validate(scenario)` has no error.
[[nodiscard]] model::Result<model::ForcePlan> plan(model::Scenario const& scenario,
                                                   Request const& request,
                                                   model::RunControl const& control = {});

/// The same, beginning with what `cache` knows of earlier runs, and leaving there what this one
/// found. `cache` is for one gap and seed.
[[nodiscard]] model::Result<model::ForcePlan> plan(model::Scenario const& scenario,
                                                   Request const& request, ComponentCache& cache,
                                                   model::RunControl const& control);

/// The exact model of SCENARIO.md for the world asked for, as free-format MPS (the minimisation of
/// the negated objective), names and all.
[[nodiscard]] model::Result<std::string> export_mps(model::Scenario const& scenario,
                                                    Request const& request);

}  // namespace guarantor::generate
