#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "guarantor/geo/demand_points.h"
#include "guarantor/geo/reach.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"
#include "guarantor/posture/plan_sites.h"
#include "guarantor/posture/siting.h"

namespace guarantor::posture {

/// What the sites of one kind have to do with the points that need them.
struct KindQuestion {
  model::SiteKind kind{};
  std::vector<geo::DemandPoint> points;       ///< of demands of the kind
  std::vector<model::Site const*> rows;       ///< by site of the problem
  std::vector<model::PlannedSite> sites;      ///< the same, for people
  std::vector<model::Demand const*> demands;  ///< by point
  SitingProblem problem;                      ///< its links not yet tried
  bool by_cost{};                             ///< every new site has a cost
  model::ReachBasis basis;                    ///< of what moves to most points
  std::vector<std::string> changed;           ///< what became of links, in words
  std::vector<std::string> notes;
};

/// The question of one kind, with the travel times between its sites and its points. Errors as
/// `plan_sites`.
[[nodiscard]] model::Result<KindQuestion> kind_question(model::Scenario const& scenario,
                                                        geo::PreparedNetwork const& network,
                                                        SitesRequest const& request,
                                                        model::SiteKind kind,
                                                        model::RunControl const& control);

/// The travel times of a question as they would be with one link more open, for each link that the
/// scenario or the request has closed or slowed; for the question's `problem.links`.
[[nodiscard]] model::Result<std::vector<OpenedLink>> opened_links(
    model::Scenario const& scenario, geo::PreparedNetwork const& network,
    SitesRequest const& request, KindQuestion const& question, model::RunControl const& control);

/// What a site's location is called, as a place on the network.
[[nodiscard]] geo::PlaceAsked place_of(model::Location const& location,
                                       geo::PreparedNetwork const& network);

}  // namespace guarantor::posture
