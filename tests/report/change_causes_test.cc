#include "guarantor/report/change_causes.h"

#include <gtest/gtest.h>

#include "guarantor/tables/scenario_difference.h"
#include "small_case.h"

namespace guarantor::report {
namespace {

using model::Table;

/// Two scenarios with their plans, and what was found between them.
struct Found {
  model::ScenarioDifference input;
  PlanDifference plan;
  std::vector<LineWhy> why;

  [[nodiscard]] LineWhy at(std::string const& line) const {
    for (std::size_t i = 0; i < plan.lines.size(); ++i) {
      if (plan.lines[i].line.text() == line) {
        return why[i];
      }
    }
    ADD_FAILURE() << line << " did not change";
    return {};
  }
  [[nodiscard]] model::RowDifference row(Cause const& cause) const {
    return cause.row ? input.rows.at(*cause.row) : model::RowDifference{};
  }
};

Found find(model::Scenario const& a, model::ForcePlan const& plan_a, model::Scenario const& b,
           model::ForcePlan const& plan_b) {
  PlanReading const before{a, plan_a};
  PlanReading const after{b, plan_b};
  Found found{tables::difference(a, b), plan_difference(before, after), {}};
  found.why = change_causes(before, after, found.input, found.plan);
  return found;
}

std::vector<model::Assignment> const kBoth{tour("alder", "gate", 2), tour("birch", "bridge", 2)};

TEST(ChangeCauses, APledgeThatChangedExplainsItsLine) {
  auto const before = small_case();
  auto after = before;
  after.pledges[1].quantity = model::Units{1};
  auto const found = find(before, plan_of(before, kBoth), after,
                          plan_of(after, {tour("alder", "gate", 2), tour("birch", "bridge", 1)}));
  auto const why = found.at("bridge");
  EXPECT_EQ(why.kind, WhyKind::kDirect);
  ASSERT_EQ(why.causes.size(), 1U);
  EXPECT_EQ(found.row(why.causes[0]).key, "birch");
  EXPECT_EQ(why.causes[0].pledge, model::PledgeId{"birch"});
  EXPECT_FALSE(why.within_gaps);
}

TEST(ChangeCauses, ALineThatTakesAnothersUnitsIsAKnockOn) {
  auto const before = small_case();
  auto after = before;
  after.pledges.erase(after.pledges.begin());
  auto const found =
      find(before, plan_of(before, kBoth), after, plan_of(after, {tour("birch", "gate", 2)}));
  EXPECT_EQ(found.plan.lines.size(), 1U) << "the gate is as full as before";
  auto const why = found.at("bridge");
  EXPECT_EQ(why.kind, WhyKind::kKnockOn);
  ASSERT_EQ(why.chain.size(), 1U);
  EXPECT_EQ(why.chain[0].link, ChainLink::kPledge);
  EXPECT_EQ(why.chain[0].by, "birch");
  EXPECT_EQ(why.chain[0].line, model::RequirementId{"gate"});
  ASSERT_EQ(why.causes.size(), 1U);
  EXPECT_EQ(found.row(why.causes[0]).change, model::RowChange::kRemoved);
  EXPECT_EQ(found.row(why.causes[0]).key, "alder");
}

TEST(ChangeCauses, AChainRunsOverSeveralLines) {
  auto before = small_case();
  before.requirements.push_back(before.requirements[1]);
  before.requirements.back().id = model::RequirementId{"tower"};
  before.pledges.push_back(before.pledges[1]);
  before.pledges.back().id = model::PledgeId{"birch-2"};
  auto after = before;
  after.pledges.erase(after.pledges.begin());
  auto const found = find(
      before,
      plan_of(before,
              {tour("alder", "gate", 2), tour("birch", "bridge", 2), tour("birch-2", "tower", 2)}),
      after, plan_of(after, {tour("birch", "gate", 2), tour("birch-2", "bridge", 2)}));
  auto const why = found.at("tower");
  EXPECT_EQ(why.kind, WhyKind::kKnockOn);
  ASSERT_EQ(why.chain.size(), 2U);
  EXPECT_EQ(why.chain[0].line, model::RequirementId{"bridge"});
  EXPECT_EQ(why.chain[1].line, model::RequirementId{"gate"});
}

TEST(ChangeCauses, ALineThatAsksForMoreExplainsItself) {
  auto const before = small_case();
  auto after = before;
  after.requirements[0].quantity = model::Units{3};
  auto const found = find(before, plan_of(before, kBoth), after,
                          plan_of(after, {tour("alder", "gate", 2), tour("birch", "gate", 1),
                                          tour("birch", "bridge", 1)}));
  EXPECT_EQ(found.at("gate").kind, WhyKind::kDirect);
  EXPECT_TRUE(found.at("gate").causes.at(0).pledge.empty());
  EXPECT_EQ(found.at("bridge").kind, WhyKind::kKnockOn);
}

TEST(ChangeCauses, AConditionReachesALineThroughThePledgeThatNamesIt) {
  auto before = small_case();
  model::Condition vote;
  vote.id = model::ConditionId{"vote"};
  vote.decided_mode = model::Days{0};
  before.conditions.push_back(vote);
  before.pledges[0].conditions = std::get<model::Expression>(model::parse_expression("vote"));
  auto after = before;
  after.conditions[0].decided_mode = model::Days{60};
  auto const found =
      find(before, plan_of(before, kBoth), after,
           plan_of(after, {tour("alder", "gate", 2, 2), tour("birch", "bridge", 2)}));
  auto const why = found.at("gate");
  EXPECT_EQ(why.kind, WhyKind::kDirect);
  ASSERT_EQ(why.causes.size(), 1U);
  EXPECT_EQ(found.row(why.causes[0]).table, Table::kConditions);
  EXPECT_EQ(why.causes[0].pledge, model::PledgeId{"alder"});
}

TEST(ChangeCauses, WhoGoesOnlyWithAnotherHangsOnItsPledge) {
  auto before = small_case();
  before.pledges[1].conditions = std::get<model::Expression>(model::parse_expression("joins(XAA)"));
  auto after = before;
  after.pledges[0].status = model::PledgeStatus::kWithdrawn;
  auto const found = find(before, plan_of(before, kBoth), after, plan_of(after, {}));
  auto const why = found.at("bridge");
  EXPECT_EQ(why.kind, WhyKind::kDirect);
  ASSERT_EQ(why.causes.size(), 1U);
  EXPECT_EQ(found.row(why.causes[0]).key, "alder");
  EXPECT_EQ(why.causes[0].pledge, model::PledgeId{"birch"});
}

TEST(ChangeCauses, ACeilingThatTheGapNamesIsACause) {
  auto before = small_case();
  before.ceilings.push_back({model::CeilingId{"valley-limit"},
                             model::CeilingScope::kArea,
                             "valley",
                             {},
                             {},
                             model::Personnel{400},
                             {}});
  auto after = before;
  after.ceilings[0].personnel = model::Personnel{200};
  auto now = plan_of(after, {tour("alder", "gate", 2)});
  now.gaps.at(0).reason = model::GapReason::kCeiling;
  now.gaps.at(0).by = "valley-limit";
  auto const found = find(before, plan_of(before, kBoth), after, now);
  auto const why = found.at("bridge");
  EXPECT_EQ(why.kind, WhyKind::kDirect);
  EXPECT_EQ(found.row(why.causes.at(0)).table, Table::kCeilings);
}

TEST(ChangeCauses, WithoutAnyChangeItIsTheSearch) {
  auto scenario = small_case();
  scenario.requirements[1].tier = 1;
  auto const found = find(scenario, plan_of(scenario, {tour("alder", "gate", 2)}), scenario,
                          plan_of(scenario, {tour("alder", "bridge", 2)}));
  EXPECT_EQ(found.at("gate").kind, WhyKind::kSearch);
  EXPECT_EQ(found.at("bridge").kind, WhyKind::kSearch);
}

TEST(ChangeCauses, ATradeOfEqualWorthThatNoChangeReachesIsTheSearch) {
  auto before = small_case();
  before.requirements[1].tier = 1;
  auto after = before;
  after.pledges[1].quantity = model::Units{5};  // serves nowhere in either plan
  auto const found = find(before, plan_of(before, {tour("alder", "gate", 2)}), after,
                          plan_of(after, {tour("alder", "bridge", 2)}));
  EXPECT_EQ(found.at("gate").kind, WhyKind::kSearch);
}

TEST(ChangeCauses, WhatNoChangeReachesAndNoGapAllowsIsNotExplained) {
  auto const before = small_case();
  auto after = before;
  after.pledges[1].quantity = model::Units{5};
  auto const found = find(before, plan_of(before, {tour("alder", "gate", 2)}), after,
                          plan_of(after, {tour("alder", "bridge", 2)}));
  EXPECT_EQ(found.at("gate").kind, WhyKind::kUnlinked);
}

TEST(ChangeCauses, WhatTheGapsLeaveOpenIsSaid) {
  auto const before = small_case();
  auto after = before;
  after.pledges[1].quantity = model::Units{1};
  auto plan_before = plan_of(before, kBoth);
  auto plan_after = plan_of(after, {tour("alder", "gate", 2), tour("birch", "bridge", 1)});
  // The bridge loses half of tier 2's 100 a month: 200 in all.
  plan_before.bound += 100;
  plan_after.bound += 99;
  EXPECT_FALSE(find(before, plan_before, after, plan_after).at("bridge").within_gaps);
  plan_after.bound += 1;
  auto const why = find(before, plan_before, after, plan_after).at("bridge");
  EXPECT_TRUE(why.within_gaps);
  EXPECT_EQ(why.kind, WhyKind::kDirect) << "the link is told all the same";
  EXPECT_DOUBLE_EQ(unproven(plan_before, plan_after), 200);
}

TEST(ChangeCauses, AnotherWorldIsACauseOfItsOwn) {
  auto scenario = small_case();
  model::Condition vote;
  vote.id = model::ConditionId{"vote"};
  scenario.conditions.push_back(vote);
  scenario.pledges[0].conditions = std::get<model::Expression>(model::parse_expression("vote"));
  auto refused = plan_of(scenario, {tour("birch", "bridge", 2)});
  refused.world.kind = model::WorldKind::kGiven;
  refused.world.assumed[vote.id] = false;
  auto const found = find(scenario, plan_of(scenario, kBoth), scenario, refused);
  auto const why = found.at("gate");
  EXPECT_EQ(why.kind, WhyKind::kDirect);
  ASSERT_EQ(why.causes.size(), 1U);
  EXPECT_FALSE(why.causes[0].row);
  EXPECT_EQ(why.causes[0].pledge, model::PledgeId{"alder"});
}

TEST(ChangeCauses, OnlyWhatTheModelReadsBearsOnAPlan) {
  auto const row = [](Table table, std::string const& column) {
    return model::RowDifference{table, "x", model::RowChange::kChanged, {{column, "1", "2"}}};
  };
  EXPECT_TRUE(bears_on_plan(row(Table::kPledges, "quantity")));
  EXPECT_FALSE(bears_on_plan(row(Table::kPledges, "note")));
  EXPECT_TRUE(bears_on_plan(row(Table::kRequirements, "tier")));
  EXPECT_FALSE(bears_on_plan(row(Table::kRequirements, "title")));
  EXPECT_TRUE(bears_on_plan(row(Table::kScenario, "viable_if")));
  EXPECT_FALSE(bears_on_plan(row(Table::kScenario, "id")));
  EXPECT_FALSE(bears_on_plan(row(Table::kMeetings, "date")));
}

}  // namespace
}  // namespace guarantor::report
