#pragma once

#include <string>
#include <vector>

#include "guarantor/geo/reach.h"
#include "guarantor/model/scenario.h"
#include "guarantor/posture/plan_sites.h"

/// Scenarios of one road, drawn.
namespace guarantor::posture::drawn {

/// A road from west to east: a letter is a place, each `-` between two an hour of driving, each `=`
/// an hour on a link that is closed. Links are called by their ends, `a-b`. Reserves might stand at
/// `sites`, each reserve `s-a` at place `a`; capitals are places like others.
model::Scenario road(std::string const& drawing, std::string const& sites);

/// Adds that a place must be reached by a reserve within these hours.
void reach(model::Scenario& scenario, char place, std::vector<double> const& hours,
           double weight = 1);

model::Site& site_at(model::Scenario& scenario, char place);

geo::PreparedNetwork prepared(model::Scenario const& scenario);

/// The plan of the scenario's reserves. REQUIRES: that there is one.
model::KindSites reserves(model::Scenario const& scenario, SitesRequest const& request = {});

/// The places of the open sites, in the scenario's order: `ac`.
std::string open(model::KindSites const& kind);

}  // namespace guarantor::posture::drawn
