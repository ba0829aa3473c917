#include "guarantor/model/world_source.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace guarantor::model {
namespace {

Expression expression(std::string const& text) {
  return std::get<Expression>(parse_expression(text));
}

Condition condition(std::string const& id, std::optional<double> probability) {
  Condition row;
  row.id = ConditionId{id};
  if (probability) {
    row.probability = Probability{*probability};
  }
  return row;
}

/// One nation a pledge, land, of the presence kind.
void add_pledge(Scenario& scenario, std::string const& nation, std::string const& conditions) {
  Pledge pledge;
  pledge.id = PledgeId{"p" + std::to_string(scenario.pledges.size())};
  pledge.nation = NationId{nation};
  pledge.capability = CapabilityId{"inf"};
  pledge.quantity = Units{1};
  pledge.conditions = expression(conditions);
  scenario.pledges.push_back(pledge);
}

Scenario coalition() {
  Scenario scenario;
  scenario.capabilities.push_back({.id = CapabilityId{"inf"}, .domain = DomainId{"land"}});
  scenario.conditions.push_back(condition("a", 0.5));
  scenario.conditions.push_back(condition("b", 0.2));
  scenario.conditions.back().given.push_back({expression("a"), Probability{0.8}});
  add_pledge(scenario, "XAA", "a");
  add_pledge(scenario, "XAB", "b");
  return scenario;
}

WorldSource source(Scenario const& scenario, std::map<ConditionId, bool> const& assumed = {}) {
  return WorldSource::build(scenario, {WorldKind::kExpected, assumed, false}).value();
}

using Holds = std::vector<bool>;

std::map<Holds, double> weights(std::vector<WeightedWorld> const& worlds) {
  std::map<Holds, double> result;
  for (WeightedWorld const& entry : worlds) {
    result[entry.world.pledge_holds] += entry.weight;
  }
  return result;
}

TEST(WorldSource, AllWorldsByTheirProbability) {
  auto const all = weights(source(coalition()).all(4).value());
  ASSERT_EQ(all.size(), 4U);
  EXPECT_NEAR(all.at({true, true}), 0.5 * 0.8, 1e-12);
  EXPECT_NEAR(all.at({true, false}), 0.5 * 0.2, 1e-12);
  EXPECT_NEAR(all.at({false, true}), 0.5 * 0.2, 1e-12);
  EXPECT_NEAR(all.at({false, false}), 0.5 * 0.8, 1e-12);
  EXPECT_FALSE(source(coalition()).all(3));
}

TEST(WorldSource, DrawsAsOftenAsTheyAre) {
  auto const drawn = weights(source(coalition()).draw(3, "world", 20'000));
  EXPECT_NEAR(drawn.at({true, true}), 0.4, 0.012);
  EXPECT_NEAR(drawn.at({true, false}), 0.1, 0.008);
  EXPECT_NEAR(drawn.at({false, false}), 0.4, 0.012);
}

TEST(WorldSource, EqualWorldsAreOne) {
  Scenario scenario = coalition();
  scenario.pledges[1].conditions = expression("a");
  auto const all = source(scenario).all(2);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 2U);
}

TEST(WorldSource, WithoutACoalitionAllWorldsAreOne) {
  Scenario scenario = coalition();
  scenario.header.viable_if = expression("a & b");
  auto const all = weights(source(scenario).all(2).value());
  EXPECT_NEAR(all.at({false, false}), 0.6, 1e-12);
  EXPECT_NEAR(all.at({true, true}), 0.4, 1e-12);
}

TEST(WorldSource, CirclesOfPromisesHoldTogether) {
  Scenario scenario = coalition();
  scenario.pledges.clear();
  add_pledge(scenario, "XAA", "a & joins(XAB)");
  add_pledge(scenario, "XAB", "joins(XAA)");
  auto const all = weights(source(scenario).all(2).value());
  EXPECT_NEAR(all.at({true, true}), 0.5, 1e-12);
  EXPECT_NEAR(all.at({false, false}), 0.5, 1e-12);
}

TEST(WorldSource, OnlyWhatMattersNeedsAProbability) {
  Scenario scenario = coalition();
  scenario.conditions.push_back(condition("idle", std::nullopt));
  scenario.conditions.push_back(condition("gone", std::nullopt));
  add_pledge(scenario, "XAC", "gone");
  scenario.pledges.back().status = PledgeStatus::kWithdrawn;
  EXPECT_EQ(source(scenario).all(4)->size(), 4U);
  scenario.phases.push_back({.id = PhaseId{"later"}, .begins_if = expression("idle")});
  WorldRequest request{WorldKind::kExpected, {}, false};
  EXPECT_EQ(WorldSource::build(scenario, request).error().message,
            "no probability is stated to draw from: idle");
  EXPECT_EQ(source(scenario, {{ConditionId{"idle"}, false}}).all(4)->size(), 4U);
}

TEST(WorldSource, ACauseOfWhatMattersMatters) {
  Scenario scenario = coalition();
  scenario.conditions[0].probability.reset();
  scenario.pledges.erase(scenario.pledges.begin());
  WorldRequest request{WorldKind::kExpected, {}, false};
  EXPECT_EQ(WorldSource::build(scenario, request).error().message,
            "no probability is stated to draw from: a");
  // What is assumed asks nothing of its own causes, and tells nothing about them.
  EXPECT_EQ(source(scenario, {{ConditionId{"b"}, true}}).all(1)->size(), 1U);
}

TEST(WorldSource, AnAssumptionIsNoEvidenceAboutItsCauses) {
  auto const all = weights(source(coalition(), {{ConditionId{"b"}, true}}).all(2).value());
  EXPECT_NEAR(all.at({true, true}), 0.5, 1e-12);
  EXPECT_NEAR(all.at({false, true}), 0.5, 1e-12);
}

TEST(WorldSource, UnknownAssumptionsAreNamed) {
  WorldRequest const request{WorldKind::kExpected, {{ConditionId{"c"}, true}}, false};
  EXPECT_EQ(WorldSource::build(coalition(), request).error().kind, ErrorKind::kBadInput);
}

TEST(WorldSource, VariantsShareTheirWorlds) {
  Scenario const base = coalition();
  Scenario variant = base;
  variant.conditions.insert(variant.conditions.begin(), condition("c", 0.3));
  add_pledge(variant, "XAC", "c | a");
  constexpr int kWorlds = 50;
  // World by world: drawing one more adds the same world to both.
  for (int count = 1; count <= kWorlds; ++count) {
    std::map<Holds, double> shortened;
    for (auto const& [holds, weight] : weights(source(variant).draw(1, "world", count))) {
      shortened[{holds[0], holds[1]}] += weight;
    }
    auto const alone = weights(source(base).draw(1, "world", count));
    ASSERT_EQ(shortened.size(), alone.size());
    for (auto const& [holds, weight] : alone) {
      EXPECT_NEAR(shortened[holds], weight, 1e-12);
    }
  }
}

}  // namespace
}  // namespace guarantor::model
