#include "guarantor/chain/chain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace guarantor::chain {
namespace {

using model::Degrees;
using model::Hours;
using model::Kilometres;
using model::Months;
using model::Units;

/// Two towns two hours apart, a battle group offered, and one wanted wherever the reserve stands.
model::Scenario two_towns() {
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"towns"};
  scenario.header.horizon = Months{6};
  for (char const* const name : {"a", "b"}) {
    model::Location place{.id = model::LocationId{name}};
    place.latitude = Degrees{50};
    place.longitude = Degrees{name[0] == 'a' ? 20.0 : 21.0};
    place.area = model::AreaId{std::string{"area-"} + name};
    scenario.locations.push_back(place);
    scenario.areas.push_back({.id = place.area});
    model::Site site{.id = model::SiteId{std::string{"s-"} + name}, .location = place.id};
    site.capability = model::CapabilityId{"group"};
    site.quantity = Units{2};
    site.task = model::TaskId{"respond"};
    site.tier = 2;
    site.from = Months{1};
    scenario.sites.push_back(site);
  }
  model::Link link{
      .id = model::LinkId{"a-b"}, .from = model::LocationId{"a"}, .to = model::LocationId{"b"}};
  link.length = Kilometres{100};
  link.speeds[static_cast<std::size_t>(model::MovementClass::kHeavyWheeled)] =
      model::KilometresPerHour{50};
  scenario.links = {link};
  scenario.demands.push_back({.id = model::DemandId{"help"}, .location = model::LocationId{"b"}});
  scenario.demands[0].standard_hours = {Hours{1}};
  scenario.capabilities.push_back({.id = model::CapabilityId{"group"}, .title = "Battle group"});
  scenario.nations.push_back({.id = model::NationId{"XAB"}});
  model::Pledge pledge{.id = model::PledgeId{"p"}, .nation = model::NationId{"XAB"}};
  pledge.capability = model::CapabilityId{"group"};
  pledge.quantity = Units{2};
  scenario.pledges = {pledge};
  return scenario;
}

Answer run(model::Scenario const& scenario, bool with_sites) {
  generate::ComponentCache cache;
  Request request{.with_sites = with_sites};
  auto answer = chain::run(scenario, request, cache, {});
  EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message);
  return std::move(answer).value();
}

TEST(Chain, WhatIsToStandAtAChosenSiteIsALineOfThePlan) {
  auto const answer = run(two_towns(), true);
  ASSERT_TRUE(answer.sites);
  ASSERT_EQ(answer.plan.sites.size(), 1U);
  EXPECT_EQ(answer.plan.sites[0].text(), "s-b") << "two hours from a are too many";
  ASSERT_EQ(answer.scenario.requirements.size(), 1U);
  auto const& line = answer.scenario.requirements[0];
  EXPECT_EQ(line.id.text(), "site-s-b");
  EXPECT_EQ(line.location.text(), "b");
  EXPECT_EQ(line.area.text(), "area-b");
  EXPECT_EQ(line.task.text(), "respond");
  EXPECT_EQ(line.quantity, Units{2});
  EXPECT_EQ(line.tier, 2);
  EXPECT_EQ(line.from, Months{1});
  ASSERT_FALSE(answer.plan.assignments.empty());
  EXPECT_EQ(answer.plan.assignments[0].requirement.text(), "site-s-b");
  EXPECT_GT(answer.plan.objective, 0);
}

TEST(Chain, WithoutSitesThereAreNoLinesOfThem) {
  auto const answer = run(two_towns(), false);
  EXPECT_FALSE(answer.sites);
  EXPECT_TRUE(answer.plan.sites.empty());
  EXPECT_TRUE(answer.scenario.requirements.empty());
}

TEST(Chain, AScenarioThatAsksForNoSitesIsPlannedWithoutThem) {
  auto scenario = two_towns();
  scenario.links.clear();
  EXPECT_FALSE(asks_for_sites(scenario));
  EXPECT_FALSE(run(scenario, true).sites);
}

TEST(Chain, ASiteThatAsksForNothingAddsNoLine) {
  auto scenario = two_towns();
  scenario.sites[1].capability = {};
  auto const answer = run(scenario, true);
  EXPECT_TRUE(answer.sites);
  EXPECT_TRUE(answer.plan.sites.empty());
}

TEST(Chain, WhatIsWrongWithTheSitesIsAnError) {
  auto scenario = two_towns();
  for (auto& site : scenario.sites) {
    site.kind = model::SiteKind::kMedical;
  }
  generate::ComponentCache cache;
  auto const answer = chain::run(scenario, {}, cache, {});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message, "reserves are asked for, and sites.csv names no place for one");
}

}  // namespace
}  // namespace guarantor::chain
