#pragma once

#include <optional>
#include <vector>

#include "guarantor/geo/mover_network.h"
#include "guarantor/geo/reach.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// What is asked of the sites of a scenario; what is left out is as the scenario's rules have it.
struct SitesRequest {
  std::optional<model::SiteKind> kind;  ///< only these; nothing: every kind with demands
  model::SiteGoal goal{model::SiteGoal::kCheapest};
  std::optional<std::size_t> most_sites;  ///< of each kind, existing ones included
  std::optional<model::Kilometres> minimum_from_line;
  std::optional<int> backup;
  std::optional<int> loss_of;
  std::vector<geo::LinkOrder> orders;  ///< what becomes of links, carried out in this order
  model::Kilometres off_network{60};   ///< a point lies at most so far from the network
  SitingRequest search;
  int threads{1};
};

/// Where the sites of each kind of a scenario would stand, so that each of its demands is reached
/// within its standards, with a bound on every other choice.
///
/// Every standard is a tier: a point is reached within it by one site, within its first by `backup`
/// more; with any `loss_of` open sites lost it is still reached within its last. Where a standard
/// cannot be kept by any choice, the answer says which, how soon the point can be reached at best
/// and what would make it possible; the rest is then planned with the shortest standard that can be
/// kept in its place. Where the cheapest choice has more sites than may be, those are chosen that
/// keep the standards of the most weight. Travel times are those of `geo::reach`.
///
/// Errors: kBadInput for a scenario without demands or without sites for one, and as
/// `geo::reach` and `geo::demand_points`; kRefused as `posture::site`.
/// REQUIRES: a scenario that `model::validate` has passed.
[[nodiscard]] model::Result<model::SitePlan> plan_sites(model::Scenario const& scenario,
                                                        geo::PreparedNetwork const& network,
                                                        SitesRequest const& request,
                                                        model::RunControl const& control = {});

}  // namespace guarantor::posture
