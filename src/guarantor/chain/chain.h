#pragma once

#include <optional>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/plan.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"
#include "guarantor/posture/plan_sites.h"

/// The parts one after the other, each with what those before it found: what `plan` runs.
namespace guarantor::chain {

struct Request {
  generate::Request force;
  posture::SitesRequest sites;
  bool with_sites{true};  ///< choose sites first, where the scenario asks for any
};

struct Answer {
  std::optional<model::SitePlan> sites;  ///< where the scenario asks for any, and they were wanted
  model::Scenario scenario;              ///< with the lines of the chosen sites
  model::ForcePlan plan;                 ///< of that scenario; names the sites whose lines it has
};

/// Whether a scenario says what must be reached, from where and on which ways.
[[nodiscard]] bool asks_for_sites(model::Scenario const& scenario);

/// The sites of a scenario, chosen on its own network; nothing where it asks for none. Errors as
/// `model::network_of`, `geo::prepare` and `posture::plan_sites`.
[[nodiscard]] model::Result<std::optional<model::SitePlan>> find_sites(
    model::Scenario const& scenario, posture::SitesRequest const& request,
    model::RunControl const& control);

/// The open sites of a plan whose rows say what is to stand there, in its order.
[[nodiscard]] std::vector<model::SiteId> sites_with_lines(model::Scenario const& scenario,
                                                          model::SitePlan const& plan);

/// Sites, then the force with the lines that follow from them. A time limit holds for the force;
/// the choice of sites is not cut short, but its time counts. Errors as `find_sites` and
/// `generate::plan`.
[[nodiscard]] model::Result<Answer> run(model::Scenario const& scenario, Request const& request,
                                        generate::ComponentCache& cache,
                                        model::RunControl const& control);

}  // namespace guarantor::chain
