#pragma once

#include <cstdint>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/world.h"

namespace guarantor::generate {

struct Request {
  model::WorldRequest world;
  double gap{0};  ///< stop when |bound - objective| / max(1, |objective|) is at most this
  bool strict_tiers{false};  ///< tiers one after the other, instead of weighted
  bool explain{true};        ///< also find unlocks, asks and comparisons, where the case is small
  std::uint64_t seed{1};
  int threads{1};
};

/// The force plan of a scenario: who goes where, when, how many; its bound and gap; what is missing
/// and why. The same request gives the same plan on any number of threads, unless a time limit cuts
/// it short; then the best plan so far is returned with `stopped_by_limit`.
/// Errors: those of `model::resolve`; kRefused for `strict_tiers`, not offered yet; kDefect if the
/// plan found does not survive its own check.
/// REQUIRES: `model::validate(scenario)` has no error.
[[nodiscard]] model::Result<model::ForcePlan> plan(model::Scenario const& scenario,
                                                   Request const& request,
                                                   model::RunControl const& control = {});

/// The exact model of SCENARIO.md for the world asked for, as free-format MPS (the minimisation of
/// the negated objective), names and all.
[[nodiscard]] model::Result<std::string> export_mps(model::Scenario const& scenario,
                                                    Request const& request);

}  // namespace guarantor::generate
