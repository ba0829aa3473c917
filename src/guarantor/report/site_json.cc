#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/report/json_text.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/reach_json.h"
#include "guarantor/report/site_report.h"
#include "guarantor/report/site_words.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json heading(model::Scenario const& scenario, model::SitePlan const& plan) {
  Json out = scenario_heading(scenario, plan.scenario_hash, plan.program_version, plan.network);
  model::SiteTerms const& terms = plan.terms;
  out["rules"] = {
      {"minimum_km_from_line",
       terms.minimum_from_line ? Json(terms.minimum_from_line->count()) : Json(nullptr)},
      {"backup", terms.backup},
      {"loss_of", terms.loss_of},
      {"off_network_km", terms.off_network.count()},
      {"changed", terms.changed}};
  return out;
}

Json summary(model::Scenario const& scenario, model::KindSites const& kind) {
  Json out = {{"kind", model::text(kind.kind)},
              {"goal", model::text(kind.goal)},
              {"feasible", kind.feasible},
              {"proven", kind.proven}};
  if (kind.most_sites) {
    out["most_sites"] = *kind.most_sites;
  }
  out["unit"] = kind.goal == model::SiteGoal::kMostDemand ? "weight"
                : kind.goal != model::SiteGoal::kCheapest ? "hours"
                : kind.by_cost                            ? "million " + scenario.header.currency
                                                          : std::string{"new sites"};
  if (kind.feasible) {
    out["objective"] = number(kind.objective);
    out["bound"] = number(kind.bound);
    double const size = std::max(1.0, std::abs(kind.objective));
    out["gap"] = number(std::abs(kind.objective - kind.bound) / size);
  } else {
    out["reason"] = kind.reason;
  }
  out["relaxed"] = kind.relaxed;
  out["provenance"] = report::of(kind.basis);
  out["notes"] = kind.notes;
  return out;
}

Json of(model::SiteKind kind, model::PlannedSite const& site) {
  Json out = {{"kind", model::text(kind)},
              {"site", site.id.text()},
              {"location", site.location.text()},
              {"label", site.label},
              {"lat", site.position.latitude.count()},
              {"lon", site.position.longitude.count()},
              {"existing", site.existing},
              {"open", site.open}};
  if (site.from_line) {
    out["km_from_line"] = site.from_line->count();
  }
  out["too_near"] = site.too_near;
  out["first_at_points"] = site.nearest_of;
  return out;
}

void place(Json& out, model::SectorId const& sector, model::LocationId const& location) {
  out[sector.empty() ? "location" : "sector"] = place_of(sector, location);
}

Json of(model::SiteKind kind, model::PlannedPoint const& point) {
  Json out = {{"kind", model::text(kind)}, {"demand", point.demand.text()}};
  place(out, point.sector, point.location);
  out["lat"] = point.position.latitude.count();
  out["lon"] = point.position.longitude.count();
  out["class"] = model::text(point.movement);
  out["weight"] = point.weight;
  out["from_site"] = point.from.empty() ? Json(nullptr) : Json(point.from.text());
  out["hours"] = hours_or_null(point.travel);
  out["hours_after_loss"] = hours_or_null(point.after_loss);
  Json standards = Json::array();
  for (model::StandardKept const& standard : point.standards) {
    standards.push_back({{"within_hours", standard.within.count()},
                         {"sites_wanted", standard.wanted},
                         {"sites", standard.sites},
                         {"kept", standard.kept}});
  }
  out["standards"] = std::move(standards);
  return out;
}

Json of(model::SiteKind kind, model::StandardOutOfReach const& standard) {
  Json out = {{"kind", model::text(kind)}, {"demand", standard.demand.text()}};
  place(out, standard.sector, standard.location);
  out["within_hours"] = hours_or_null(standard.within);
  out["after_loss"] = standard.after_loss;
  out["sites_wanted"] = standard.wanted;
  out["sites_that_may"] = standard.had;
  out["first_site"] = standard.first.empty() ? Json(nullptr) : Json(standard.first.text());
  out["first_hours"] = hours_or_null(standard.first_hours);
  out["standard_that_can_be_kept"] = hours_or_null(standard.longer);
  out["kept_away_sites"] = Json::array();
  for (model::SiteId const& site : standard.kept_away) {
    out["kept_away_sites"].push_back(site.text());
  }
  out["closed_links"] = standard.links;
  return out;
}

}  // namespace

std::string to_json(model::Scenario const& scenario, model::SitePlan const& plan) {
  Json out = heading(scenario, plan);
  for (char const* const table : {"kinds", "sites", "points", "out_of_reach", "rings"}) {
    out[table] = Json::array();
  }
  for (model::KindSites const& kind : plan.kinds) {
    out["kinds"].push_back(summary(scenario, kind));
    for (model::PlannedSite const& site : kind.sites) {
      out["sites"].push_back(of(kind.kind, site));
    }
    for (model::PlannedPoint const& point : kind.points) {
      out["points"].push_back(of(kind.kind, point));
    }
    for (model::StandardOutOfReach const& standard : kind.out_of_reach) {
      out["out_of_reach"].push_back(of(kind.kind, standard));
    }
    for (model::ReachRing const& ring : kind.rings) {
      out["rings"].push_back({{"kind", model::text(kind.kind)},
                              {"limit_hours", ring.limit.count()},
                              {"geometry", geometry(ring)}});
    }
  }
  if (auto const mark = banner(scenario); !mark.empty()) {
    out["footing"] = mark;
  }
  return printed(out);
}

}  // namespace guarantor::report
