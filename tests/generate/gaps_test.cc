#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "guarantor/generate/plan.h"

namespace guarantor::generate {
namespace {

using model::GapReason;

model::Expression expression(std::string const& text) {
  return std::get<model::Expression>(model::parse_expression(text));
}

/// One line of one company over four months, and one pledge that could fill it alone.
model::Scenario one_line() {
  model::Scenario s;
  s.header.id = model::ScenarioId{"one"};
  s.header.horizon = model::Months{4};
  s.header.tier_weights = {10, 3};
  s.nations.push_back({.id = model::NationId{"XAA"}});
  s.nations.push_back({.id = model::NationId{"XAB"}});
  s.conditions.push_back({.id = model::ConditionId{"vote"}});
  s.capabilities.push_back({.id = model::CapabilityId{"inf"},
                            .domain = model::DomainId{"land"},
                            .personnel = model::Personnel{100}});
  model::Pledge pledge;
  pledge.id = model::PledgeId{"p"};
  pledge.nation = model::NationId{"XAA"};
  pledge.capability = model::CapabilityId{"inf"};
  pledge.quantity = model::Units{1};
  s.pledges.push_back(pledge);
  model::Requirement line;
  line.id = model::RequirementId{"r"};
  line.capability = model::CapabilityId{"inf"};
  line.quantity = model::Units{1};
  line.area = model::AreaId{"north"};
  s.requirements.push_back(line);
  return s;
}

model::ForcePlan plan_of(model::Scenario const& scenario, Request const& request = {}) {
  auto result = plan(scenario, request);
  EXPECT_TRUE(result.ok());
  return result.value();
}

/// The plan's only gap.
model::Gap gap_of(model::Scenario const& scenario, Request const& request = {}) {
  auto const found = plan_of(scenario, request);
  EXPECT_EQ(found.gaps.size(), 1U);
  return found.gaps.empty() ? model::Gap{} : found.gaps[0];
}

TEST(Gaps, AFilledLineHasNone) {
  EXPECT_TRUE(plan_of(one_line()).gaps.empty());
}

TEST(Gaps, NobodyOffered) {
  model::Scenario s = one_line();
  s.pledges.clear();
  model::Gap const gap = gap_of(s);
  EXPECT_EQ(gap.reason, GapReason::kNobodyOffered);
  EXPECT_EQ(gap.months, (model::Interval{model::Months{0}, model::Months{4}}));
  EXPECT_DOUBLE_EQ(gap.short_by, 1);
}

TEST(Gaps, NotStated) {
  model::Scenario s = one_line();
  s.pledges[0].quantity.reset();
  model::Gap const gap = gap_of(s);
  EXPECT_EQ(gap.reason, GapReason::kNotStated);
  EXPECT_EQ(gap.by, "p");
  ASSERT_EQ(gap.unlocks.size(), 1U);
  EXPECT_EQ(gap.unlocks[0].kind, "state-quantity");
}

TEST(Gaps, AnOfferWithoutANumberIsNearerThanAUnitElsewhere) {
  model::Scenario s = one_line();
  s.requirements[0].quantity = model::Units{2};
  s.pledges.push_back(s.pledges[0]);
  s.pledges[1].id = model::PledgeId{"silent"};
  s.pledges[1].quantity.reset();
  model::Gap const gap = gap_of(s);
  EXPECT_EQ(gap.reason, GapReason::kNotStated);
  EXPECT_EQ(gap.by, "silent");
}

TEST(Gaps, OnlyIndicated) {
  model::Scenario s = one_line();
  s.pledges[0].status = model::PledgeStatus::kIndicated;
  EXPECT_EQ(gap_of(s).reason, GapReason::kUncounted);
}

TEST(Gaps, ConditionThatIsNotTrue) {
  model::Scenario s = one_line();
  s.pledges[0].conditions = expression("vote");
  Request request;
  request.world.kind = model::WorldKind::kGiven;
  request.world.assumed[model::ConditionId{"vote"}] = false;
  model::Gap const gap = gap_of(s, request);
  EXPECT_EQ(gap.reason, GapReason::kCondition);
  EXPECT_EQ(gap.by, "vote");
  ASSERT_EQ(gap.unlocks.size(), 1U);
  EXPECT_EQ(gap.unlocks[0].what, "vote");
}

TEST(Gaps, Caveat) {
  model::Scenario s = one_line();
  s.pledges[0].not_areas = {model::AreaId{"north"}};
  EXPECT_EQ(gap_of(s).reason, GapReason::kCaveat);
}

TEST(Gaps, RulesOfEngagement) {
  model::Scenario s = one_line();
  s.requirements[0].roe = model::RulesOfEngagement::kAssistHost;
  EXPECT_EQ(gap_of(s).reason, GapReason::kRulesOfEngagement);
}

TEST(Gaps, LateForTheFirstMonths) {
  model::Scenario s = one_line();
  s.pledges[0].notice = model::Days{45};
  model::Gap const gap = gap_of(s);
  EXPECT_EQ(gap.reason, GapReason::kLate);
  EXPECT_EQ(gap.months, (model::Interval{model::Months{0}, model::Months{2}}));
}

TEST(Gaps, PhaseThatDoesNotBegin) {
  model::Scenario s = one_line();
  s.phases.push_back({.id = model::PhaseId{"freeze"},
                      .days = {model::Days{0}, model::Days{120}},
                      .begins_if = expression("vote")});
  Request request;
  request.world.kind = model::WorldKind::kAssured;
  model::Gap const gap = gap_of(s, request);
  EXPECT_EQ(gap.reason, GapReason::kPhaseDropped);
  EXPECT_EQ(gap.by, "freeze");
}

TEST(Gaps, RotationLeavesAHole) {
  model::Scenario s = one_line();
  s.pledges[0].tour = model::Months{2};
  s.pledges[0].dwell = model::Months{2};
  EXPECT_EQ(gap_of(s).reason, GapReason::kRotation);
}

TEST(Gaps, OutbidByTheHigherTier) {
  model::Scenario s = one_line();
  s.requirements.push_back(s.requirements[0]);
  s.requirements[1].id = model::RequirementId{"lower"};
  s.requirements[1].tier = 2;
  model::Gap const gap = gap_of(s);
  EXPECT_EQ(gap.requirement, model::RequirementId{"lower"});
  EXPECT_EQ(gap.reason, GapReason::kOutbid);
  EXPECT_EQ(gap.by, "r");
  // Tier weights 10 and 3, weight the number of months: a month of the one unit is worth just that.
  std::vector<model::Outbid> const bids{
      {model::RequirementId{"r"}, 1, model::PledgeId{"p"}, 10, 3}};
  EXPECT_EQ(gap.outbid, bids);
  ASSERT_EQ(gap.unlocks.size(), 1U);
  EXPECT_EQ(gap.unlocks[0].what, "p");
  // Four months less what presence costs.
  EXPECT_DOUBLE_EQ(gap.unlocks[0].gain, 4 * (3 - s.header.nation_penalty));
}

/// What a unit earns is what the cover would change: not the part that is too much.
TEST(Gaps, OutbidTellsWhatAUnitChangesInTheCover) {
  model::Scenario s = one_line();
  s.capabilities.push_back({.id = model::CapabilityId{"team"}, .domain = model::DomainId{"land"}});
  s.substitutions.push_back(
      {model::CapabilityId{"team"}, model::CapabilityId{"inf"}, model::Effectiveness{3}, {}});
  s.requirements.push_back(s.requirements[0]);
  s.requirements[1].id = model::RequirementId{"lower"};
  s.requirements[1].capability = model::CapabilityId{"team"};
  s.requirements[1].quantity = model::Units{2};
  s.requirements[1].tier = 2;
  model::Gap const gap = gap_of(s);
  EXPECT_EQ(gap.requirement, model::RequirementId{"lower"});
  ASSERT_EQ(gap.outbid.size(), 1U);
  EXPECT_DOUBLE_EQ(gap.outbid[0].worth_there, 10);
  EXPECT_DOUBLE_EQ(gap.outbid[0].worth_here, 3);
}

TEST(Gaps, CeilingMaxNationsMinFillFrameworkBundle) {
  model::Scenario ceiling = one_line();
  ceiling.ceilings.push_back({.id = model::CeilingId{"all"}, .personnel = model::Personnel{50}});
  EXPECT_EQ(gap_of(ceiling).reason, GapReason::kCeiling);

  model::Scenario crowded = one_line();
  crowded.requirements[0].quantity = model::Units{2};
  crowded.requirements[0].max_nations = 1;
  crowded.pledges.push_back(crowded.pledges[0]);
  crowded.pledges[1].id = model::PledgeId{"q"};
  crowded.pledges[1].nation = model::NationId{"XAB"};
  EXPECT_EQ(gap_of(crowded).reason, GapReason::kMaxNations);

  model::Scenario thin = one_line();
  thin.requirements[0].quantity = model::Units{3};
  thin.requirements[0].min_fill = 0.5;
  EXPECT_EQ(gap_of(thin).reason, GapReason::kMinFill);

  model::Scenario led = one_line();
  led.requirements[0].framework_nation = model::NationId{"XAB"};
  EXPECT_EQ(gap_of(led).reason, GapReason::kFrameworkNation);

  model::Scenario bundled = one_line();
  bundled.pledges.push_back(bundled.pledges[0]);
  bundled.pledges[1].id = model::PledgeId{"escort"};
  bundled.pledges[1].quantity.reset();
  bundled.pledges[1].not_areas = {model::AreaId{"north"}};
  bundled.pledges[0].requires_pledges = {model::PledgeId{"escort"}};
  model::Gap const gap = gap_of(bundled);
  EXPECT_EQ(gap.reason, GapReason::kBundle);
  EXPECT_EQ(gap.by, "escort");
}

TEST(Gaps, NotWorthItsPresence) {
  model::Scenario s = one_line();
  s.header.nation_penalty = 100;
  EXPECT_EQ(gap_of(s).reason, GapReason::kNotWorthIt);
}

}  // namespace
}  // namespace guarantor::generate
