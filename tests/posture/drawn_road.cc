#include "drawn_road.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "guarantor/model/scenario_network.h"

namespace guarantor::posture::drawn {
namespace {

constexpr double kKmh = 50;

bool is_place(char c) {
  return c != '-' && c != '=';
}

}  // namespace

model::Scenario road(std::string const& drawing, std::string const& sites) {
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"road"};
  std::string before;
  double hours = 0;
  double since = 0;
  bool closed = false;
  for (char const c : drawing) {
    if (!is_place(c)) {
      ++hours;
      closed = closed || c == '=';
      continue;
    }
    model::Location location{.id = model::LocationId{std::string{c}}};
    location.latitude = model::Degrees{50};
    location.longitude = model::Degrees{20 + 0.5 * hours};
    scenario.locations.push_back(location);
    if (!before.empty()) {
      model::Link link{.id = model::LinkId{before + "-" + c},
                       .from = model::LocationId{before},
                       .to = model::LocationId{std::string{c}}};
      link.length = model::Kilometres{(hours - since) * kKmh};
      link.speeds[static_cast<std::size_t>(model::MovementClass::kHeavyWheeled)] =
          model::KilometresPerHour{kKmh};
      if (closed) {
        link.state = model::LinkState::kClosed;
      }
      scenario.links.push_back(link);
    }
    before = c;
    since = hours;
    closed = false;
  }
  for (char const place : sites) {
    scenario.sites.push_back({.id = model::SiteId{std::string{"s-"} + place},
                              .location = model::LocationId{std::string{place}}});
  }
  return scenario;
}

void reach(model::Scenario& scenario, char place, std::vector<double> const& hours, double weight) {
  model::Demand demand{.id = model::DemandId{std::string{"d-"} + place},
                       .location = model::LocationId{std::string{place}}};
  for (double const standard : hours) {
    demand.standard_hours.emplace_back(standard);
  }
  demand.weight = weight;
  scenario.demands.push_back(demand);
}

model::Site& site_at(model::Scenario& scenario, char place) {
  return *std::ranges::find(scenario.sites, model::LocationId{std::string{place}},
                            &model::Site::location);
}

geo::PreparedNetwork prepared(model::Scenario const& scenario) {
  return geo::prepare(model::network_of(scenario).value(), 1, {}).value();
}

model::KindSites reserves(model::Scenario const& scenario, SitesRequest const& request) {
  auto const plan = plan_sites(scenario, prepared(scenario), request);
  EXPECT_TRUE(plan.ok()) << (plan.ok() ? "" : plan.error().message);
  return plan.value().kinds.at(0);
}

std::string open(model::KindSites const& kind) {
  std::string places;
  for (model::PlannedSite const& site : kind.sites) {
    places += site.open ? site.location.text() : "";
  }
  return places;
}

}  // namespace guarantor::posture::drawn
