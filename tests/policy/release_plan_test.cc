#include <gtest/gtest.h>

#include "guarantor/policy/release.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::policy {
namespace {

using model::NationId;
using model::PledgeId;
using model::RequirementId;

model::Pledge offered(std::string const& id, std::string const& nation,
                      std::vector<std::string> to = {}) {
  model::Pledge pledge;
  pledge.id = PledgeId{id};
  pledge.nation = NationId{nation};
  pledge.releasable_to = std::move(to);
  return pledge;
}

/// Three nations: `a` and `b` hold the gate, `b` the bridge with `c`, `a` alone the port.
model::Scenario pot() {
  model::Scenario scenario;
  scenario.pledges = {offered("a", "XAA"), offered("b", "XAB", {"XAA"}), offered("c", "XAC")};
  return scenario;
}

model::Assignment at(std::string const& pledge, std::string const& line) {
  return {
      PledgeId{pledge}, RequirementId{line}, model::Units{1}, {model::Months{0}, model::Months{1}}};
}

model::Fill filled(std::string const& line) {
  return {RequirementId{line}, model::Months{0}, model::Units{2}, 2, {}};
}

model::ForcePlan stored() {
  model::ForcePlan plan;
  plan.scenario_id = "pot";
  plan.scenario_hash = "f00d";
  plan.status = model::PlanStatus::kOptimal;
  plan.objective = 10;
  plan.bound = 11;
  plan.gap = 0.1;
  plan.assignments = {at("a", "gate"), at("b", "gate"), at("b", "bridge"), at("c", "bridge"),
                      at("a", "port")};
  plan.fill = {filled("gate"), filled("bridge"), filled("port")};
  plan.gaps = {{RequirementId{"bridge"}, {}, 1, model::GapReason::kOutbid, "c", {}, {}}};
  plan.asks.emplace_back();
  plan.comparisons.emplace_back();
  plan.not_stated = {PledgeId{"a"}, PledgeId{"c"}};
  plan.provenance = {1, 0, 0};
  return plan;
}

std::vector<std::string> const kAll{"all"};
Viewer const kDelegate{Role::kDelegate, NationId{"XAA"}};

TEST(ReleasedPlan, IsRefusedUnlessItWasReleased) {
  auto const refused = released(stored(), pot(), kDelegate, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, model::ErrorKind::kRefused);
  EXPECT_FALSE(released(stored(), pot(), {Role::kPublic}, kAll).ok());
  EXPECT_TRUE(released(stored(), pot(), kDelegate, kAll).ok());
}

TEST(ReleasedPlan, PlannersAndAuditorsGetAllOfIt) {
  for (Role const role : {Role::kPlanner, Role::kAuditor}) {
    auto const all = released(stored(), pot(), {role}, {});
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(all.value().plan, stored());
    EXPECT_TRUE(all.value().parts_withheld.empty());
  }
}

TEST(ReleasedPlan, KeepsWhatRestsOnHiddenPledges) {
  auto const result = released(stored(), pot(), kDelegate, kAll);
  ASSERT_TRUE(result.ok());
  auto const& [plan, lines, parts] = result.value();
  EXPECT_EQ(plan.assignments,
            (std::vector{at("a", "gate"), at("b", "gate"), at("b", "bridge"), at("a", "port")}));
  EXPECT_EQ(plan.fill, (std::vector{filled("gate"), filled("port")}));
  EXPECT_EQ(lines, std::vector{RequirementId{"bridge"}});
  EXPECT_EQ(plan.not_stated, std::vector{PledgeId{"a"}});
  EXPECT_EQ(plan.bound, 0);
  EXPECT_EQ(plan.objective, 0);
  EXPECT_EQ(plan.gap, 0);
  EXPECT_TRUE(plan.scenario_hash.empty());
  EXPECT_TRUE(plan.gaps.empty());
  EXPECT_TRUE(plan.asks.empty());
  EXPECT_TRUE(plan.comparisons.empty());
  EXPECT_EQ(plan.provenance, model::ProvenanceShares{});
  EXPECT_EQ(parts.back(), "provenance");
  EXPECT_EQ(parts.front(), "objective");
}

TEST(ReleasedPlan, ThePublicSeesNoLines) {
  std::vector<std::string> const to{"public"};
  auto scenario = pot();
  scenario.pledges[0].releasable_to = to;
  auto const result = released(stored(), scenario, {Role::kPublic}, to);
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(result.value().plan.assignments.empty());
  EXPECT_TRUE(result.value().plan.fill.empty());
  EXPECT_TRUE(result.value().lines_withheld.empty());
}

TEST(ReleasedPlan, WhetherThereIsACoalitionIsNotAskedOfAFewOffers) {
  model::Scenario const scenario = *tables::load("scenarios/exercise").scenario;
  EXPECT_NE(scenario.header.viable_if, model::Expression{});
  EXPECT_EQ(released(scenario, parse_viewer("delegate:XAL").value()).header.viable_if,
            model::Expression{});
}

}  // namespace
}  // namespace guarantor::policy
