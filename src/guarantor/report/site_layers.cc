#include <algorithm>

#include "guarantor/report/site_report.h"

namespace guarantor::report {

void add_to(model::MapLayers& layers, model::SitePlan const& plan) {
  for (model::KindSites const& kind : plan.kinds) {
    for (model::PlannedSite const& site : kind.sites) {
      if (site.open) {
        layers.sites.push_back({.id = site.id,
                                .kind = kind.kind,
                                .label = site.label,
                                .position = site.position,
                                .existing = site.existing});
      }
    }
    for (model::ReachRing const& ring : kind.rings) {
      layers.reach.push_back({.kind = kind.kind, .within = ring.limit, .shape = ring.polygons});
    }
    for (model::PlannedPoint const& point : kind.points) {
      model::ReachedPoint reached{.demand = point.demand,
                                  .sector = point.sector,
                                  .location = point.location,
                                  .kind = kind.kind,
                                  .from = point.from,
                                  .travel = point.travel};
      for (model::StandardKept const& standard : point.standards) {
        reached.standard_hours.push_back(standard.within);
      }
      layers.reached.push_back(std::move(reached));
    }
  }
  std::stable_sort(layers.reach.begin(), layers.reach.end(),
                   [](auto const& a, auto const& b) { return a.within > b.within; });
}

}  // namespace guarantor::report
