#include "guarantor/chain/chain.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "guarantor/geo/reach.h"
#include "guarantor/model/scenario_network.h"
#include "guarantor/model/site_lines.h"

namespace guarantor::chain {
std::vector<model::SiteId> sites_with_lines(model::Scenario const& scenario,
                                            model::SitePlan const& plan) {
  std::vector<model::SiteId> sites;
  for (model::KindSites const& kind : plan.kinds) {
    for (model::PlannedSite const& site : kind.sites) {
      auto const row = std::ranges::find(scenario.sites, site.id, &model::Site::id);
      if (site.open && row != scenario.sites.end() && !row->capability.empty()) {
        sites.push_back(site.id);
      }
    }
  }
  return sites;
}

bool asks_for_sites(model::Scenario const& scenario) {
  return !scenario.demands.empty() && !scenario.sites.empty() && !scenario.links.empty();
}

model::Result<std::optional<model::SitePlan>> find_sites(model::Scenario const& scenario,
                                                         posture::SitesRequest const& request,
                                                         model::RunControl const& control) {
  if (!asks_for_sites(scenario)) {
    return std::optional<model::SitePlan>{};
  }
  auto network = model::network_of(scenario);
  if (!network.ok()) {
    return network.error();
  }
  auto const prepared = geo::prepare(std::move(network).value(), request.threads, control);
  if (!prepared.ok()) {
    return prepared.error();
  }
  auto plan = posture::plan_sites(scenario, prepared.value(), request, control);
  if (!plan.ok()) {
    return plan.error();
  }
  return std::optional{std::move(plan).value()};
}

model::Result<Answer> run(model::Scenario const& scenario, Request const& request,
                          generate::ComponentCache& cache, model::RunControl const& control) {
  Answer answer;
  std::vector<model::SiteId> lines;
  if (request.with_sites) {
    // Sites are a small question beside the force; cut short, they would not be the same again.
    model::RunControl unhurried = control;
    unhurried.time_limit.reset();
    auto sites = find_sites(scenario, request.sites, unhurried);
    if (!sites.ok()) {
      return sites.error();
    }
    answer.sites = std::move(sites).value();
    if (answer.sites) {
      lines = sites_with_lines(scenario, *answer.sites);
    }
  }
  answer.scenario = model::with_lines_of(scenario, lines);
  auto plan = generate::plan(answer.scenario, request.force, cache, control);
  if (!plan.ok()) {
    return plan.error();
  }
  answer.plan = std::move(plan).value();
  answer.plan.sites = std::move(lines);
  return answer;
}

}  // namespace guarantor::chain
