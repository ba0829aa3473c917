#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "guarantor/chain/chain.h"
#include "guarantor/generate/plan.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/session.h"

namespace guarantor::app {

/// The options that `generate` and `plan` share: what is asked of the planner.
struct PlanOptions {
  double gap{0};
  std::optional<double> time_limit;
  int threads{0};  ///< 0: one a core
  std::uint64_t seed{1};
  std::string world;
  std::vector<std::string> assume;
  std::optional<int> worlds;
  bool include_indicated{false};
  bool strict_tiers{false};
  std::string package_of;  ///< the nation asked for a package
  std::vector<std::string> package_lines;
  std::optional<double> package_fill;
  bool no_explain{false};
  std::string warm_start;  ///< a file to begin from, and to leave for the next run
  std::string export_mps;
  bool export_only{false};
  bool with_sites{false};  ///< choose sites first, and plan with their lines
};

void add_plan_options(CLI::App& verb, PlanOptions& options);

/// The request the options stand for. Error kBadInput where they contradict each other.
[[nodiscard]] model::Result<generate::Request> to_request(PlanOptions const& options);

/// Writes the exact model to `--export-mps`, where that is asked for.
[[nodiscard]] model::Result<model::Done> export_model(model::Scenario const& scenario,
                                                      generate::Request const& request,
                                                      PlanOptions const& options);

/// Plans under the options' time limit, sites first where they are wanted, with progress shown and
/// Ctrl-C heard, and signs what it finds with the hash of the scenario as it was given, the
/// program's version and the seconds it took.
[[nodiscard]] model::Result<chain::Answer> make_plan(model::Scenario const& scenario,
                                                     generate::Request const& request,
                                                     PlanOptions const& options,
                                                     Session const& session);

/// The same for one of several plans of a run, whose interruption the caller hears.
[[nodiscard]] model::Result<chain::Answer> make_plan(model::Scenario const& scenario,
                                                     generate::Request const& request,
                                                     PlanOptions const& options,
                                                     Session const& session,
                                                     std::stop_token const& cancel);

/// How the run ends once the plan is delivered: kLimit where a limit cut it short.
[[nodiscard]] model::Result<model::Done> ending(model::ForcePlan const& plan);

}  // namespace guarantor::app
