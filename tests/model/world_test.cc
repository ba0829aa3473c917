#include "guarantor/model/world.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace guarantor::model {
namespace {

Expression expression(std::string const& text) {
  return std::get<Expression>(parse_expression(text));
}

/// One nation a pledge, land, of the presence kind.
Scenario coalition(std::vector<std::pair<std::string, std::string>> const& pledges) {
  Scenario scenario;
  scenario.capabilities.push_back({.id = CapabilityId{"inf"}, .domain = DomainId{"land"}});
  scenario.conditions.push_back({.id = ConditionId{"sure"}, .probability = Probability{1}});
  scenario.conditions.push_back({.id = ConditionId{"vote"}, .probability = Probability{0.5}});
  for (auto const& [nation, conditions] : pledges) {
    Pledge pledge;
    pledge.id = PledgeId{"p" + std::to_string(scenario.pledges.size())};
    pledge.nation = NationId{nation};
    pledge.capability = CapabilityId{"inf"};
    pledge.quantity = Units{1};
    pledge.conditions = expression(conditions);
    scenario.pledges.push_back(pledge);
  }
  return scenario;
}

World world(Scenario const& scenario, WorldKind kind) {
  return resolve(scenario, {.kind = kind}).value();
}

using Holds = std::vector<bool>;

TEST(World, NominalTakesEveryConditionAsTrue) {
  Scenario const s = coalition({{"XAA", "vote"}, {"XAB", "!vote"}});
  EXPECT_EQ(world(s, WorldKind::kNominal).pledge_holds, (Holds{true, false}));
}

TEST(World, AssuredReliesOnNothingUnmet) {
  Scenario const s =
      coalition({{"XAA", "vote"}, {"XAB", "sure"}, {"XAC", "vote | !vote"}, {"XAD", ""}});
  EXPECT_EQ(world(s, WorldKind::kAssured).pledge_holds, (Holds{false, true, true, true}));
}

TEST(World, AssumptionsChangeTheNominalWorld) {
  Scenario const s = coalition({{"XAA", "vote"}, {"XAB", "sure"}});
  WorldRequest request{.kind = WorldKind::kGiven};
  request.assumed[ConditionId{"vote"}] = false;
  EXPECT_EQ(resolve(s, request).value().pledge_holds, (Holds{false, true}));
}

TEST(World, IfYouGoIGo) {
  // Each waits for the other: all go in the greatest fixed point, nobody in the least.
  Scenario const s = coalition({{"XAA", "joins(XAB)"}, {"XAB", "joins(XAA)"}, {"XAC", ""}});
  EXPECT_EQ(world(s, WorldKind::kNominal).pledge_holds, (Holds{true, true, true}));
  EXPECT_EQ(world(s, WorldKind::kAssured).pledge_holds, (Holds{false, false, true}));
}

TEST(World, ARefusalPullsOthersOut) {
  Scenario const s =
      coalition({{"XAA", "vote"}, {"XAB", "joins(XAA)"}, {"XAC", "joined(land) >= 3"}});
  WorldRequest request{.kind = WorldKind::kGiven};
  request.assumed[ConditionId{"vote"}] = false;
  EXPECT_EQ(resolve(s, request).value().pledge_holds, (Holds{false, false, false}));
}

TEST(World, AnUnstatedQuantityJoinsANoughtDoesNot) {
  Scenario s = coalition({{"XAA", ""}, {"XAB", ""}});
  s.pledges[0].quantity.reset();
  s.pledges[1].quantity = Units{0};
  World const nominal = world(s, WorldKind::kNominal);
  EXPECT_TRUE(nominal.joined.contains(NationId{"XAA"}));
  EXPECT_FALSE(nominal.joined.contains(NationId{"XAB"}));
}

TEST(World, OnlyPresenceJoins) {
  Scenario s = coalition({{"XAA", ""}});
  s.capabilities[0].kind = CapabilityKind::kFlow;
  EXPECT_TRUE(world(s, WorldKind::kNominal).joined.empty());
}

TEST(World, WithdrawnNeverCountsAndIndicatedOnlyWhenAsked) {
  Scenario s = coalition({{"XAA", ""}, {"XAB", ""}});
  s.pledges[0].status = PledgeStatus::kWithdrawn;
  s.pledges[1].status = PledgeStatus::kIndicated;
  EXPECT_EQ(world(s, WorldKind::kNominal).pledge_holds, (Holds{false, false}));
  EXPECT_EQ(resolve(s, {.include_indicated = true}).value().pledge_holds, (Holds{false, true}));
}

TEST(World, NotViableWithoutItsPillars) {
  Scenario s = coalition({{"XAA", "vote"}});
  s.header.viable_if = expression("joins(XAA)");
  EXPECT_TRUE(world(s, WorldKind::kNominal).viable);
  EXPECT_FALSE(world(s, WorldKind::kAssured).viable);
}

TEST(World, RefusesWhatIsNoWorld) {
  EXPECT_EQ(resolve(coalition({}), {.kind = WorldKind::kExpected}).error().kind,
            ErrorKind::kRefused);
  WorldRequest request{.kind = WorldKind::kGiven};
  request.assumed[ConditionId{"vot"}] = true;
  Error const error = resolve(coalition({}), request).error();
  EXPECT_EQ(error.kind, ErrorKind::kBadInput);
  EXPECT_EQ(error.hint, "did you mean `vote`?");
}

TEST(World, EveryCompletionAgreesWithTryingThemAll) {
  std::vector<std::string> const texts{
      "a | !a",         "a & !a",     "(a | b) & (!a | b)",
      "a & b | !a & b", "!(a & !b)",  "(a | !b) & (b | !c) & (c | !a)",
      "a | b | !c",     "!a | !b | a"};
  std::vector<std::string> const names{"a", "b", "c"};
  for (std::string const& text : texts) {
    Expression const e = expression(text);
    // Each of the three names unknown, true or false.
    for (int code = 0; code < 27; ++code) {
      int const state[3] = {code % 3, code / 3 % 3, code / 9};
      auto const known = [&](Atom const& atom) -> std::optional<bool> {
        auto const place = static_cast<std::size_t>(print(atom)[0] - 'a');
        return state[place] == 0 ? std::nullopt : std::optional{state[place] == 1};
      };
      bool all = true;
      for (unsigned world = 0; world < 8; ++world) {
        bool possible = true;
        for (std::size_t i = 0; i < 3; ++i) {
          bool const value = ((world >> i) & 1U) != 0;
          possible = possible && (state[i] == 0 || (state[i] == 1) == value);
        }
        auto const truth = [&](Atom const& atom) {
          return ((world >> static_cast<unsigned>(print(atom)[0] - 'a')) & 1U) != 0;
        };
        all = all && (!possible || e.evaluate(truth));
      }
      EXPECT_EQ(holds_in_every_completion(e, known), all) << text << " in state " << code;
    }
  }
}

}  // namespace
}  // namespace guarantor::model
