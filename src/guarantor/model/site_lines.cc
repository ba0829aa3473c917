#include "guarantor/model/site_lines.h"

#include <algorithm>
#include <utility>

namespace guarantor::model {

std::optional<Requirement> line_of(Scenario const& scenario, Site const& site) {
  if (site.capability.empty()) {
    return std::nullopt;
  }
  auto const location = std::ranges::find(scenario.locations, site.location, &Location::id);
  bool const known = location != scenario.locations.end();
  Requirement line;
  line.id = RequirementId{"site-" + site.id.text()};
  std::string const& name = known && !location->name.empty() ? location->name : site.id.text();
  line.title = site.title.empty() ? "Site at " + name : site.title;
  line.task = site.task;
  line.capability = site.capability;
  line.quantity = site.quantity.value_or(Units{1});
  line.location = site.location;
  line.area = known ? location->area : AreaId{};
  line.from = site.from;
  line.tier = site.tier;
  line.row = site.row;
  return line;
}

Scenario with_lines_of(Scenario scenario, std::span<SiteId const> sites) {
  for (SiteId const& id : sites) {
    auto const site = std::ranges::find(scenario.sites, id, &Site::id);
    if (site == scenario.sites.end()) {
      continue;
    }
    if (auto line = line_of(scenario, *site)) {
      scenario.requirements.push_back(std::move(*line));
    }
  }
  return scenario;
}

}  // namespace guarantor::model
