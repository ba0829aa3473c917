#include "guarantor/generate/explain.h"

#include <gtest/gtest.h>

#include <string>

#include "random_case.h"

namespace guarantor::generate {
namespace {

double objective_of(model::Scenario const& scenario, Request request) {
  request.explain = false;
  return plan(scenario, request).value().objective;
}

/// An ask must be worth what an offer of exactly that adds.
TEST(Explain, AnAskIsWorthWhatTheOfferAdds) {
  int asks = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    model::Scenario scenario = random_case(seed, 8, 5, 5);
    Request const request;
    auto const found = plan(scenario, request).value();
    for (model::Ask const& ask : found.asks) {
      model::Scenario richer = scenario;
      model::Pledge offer;
      offer.id = model::PledgeId{"offer"};
      offer.nation = model::NationId{"XZZ"};
      offer.capability = ask.capability;
      offer.quantity = ask.units;
      offer.quantity_is = model::QuantityIs::kSustained;
      offer.from = ask.months.from;
      offer.until = ask.months.to;
      offer.areas = {ask.area};
      offer.roe = model::RulesOfEngagement::kAssistHost;
      richer.pledges.push_back(offer);
      EXPECT_NEAR(objective_of(richer, request) - found.objective, ask.worth, 1e-6) << seed;
      EXPECT_GT(ask.worth, found.bound - found.objective);
      EXPECT_FALSE(ask.closes.empty());
      ++asks;
    }
  }
  EXPECT_GT(asks, 20);
}

/// An unlock must gain what making the change gains.
TEST(Explain, AnUnlockGainsWhatTheChangeGains) {
  int unlocks = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    model::Scenario const scenario = random_case(seed, 8, 5, 5);
    Request request;
    request.world.kind = seed % 2 == 0 ? model::WorldKind::kAssured : model::WorldKind::kNominal;
    auto const found = plan(scenario, request).value();
    for (model::Gap const& gap : found.gaps) {
      for (model::Unlock const& unlock : gap.unlocks) {
        model::Scenario changed = scenario;
        Request with = request;
        bool known = false;
        if (unlock.kind == "condition") {
          with.world.assumed[model::ConditionId{unlock.what}] = true;
          known = true;
        }
        for (model::Pledge& pledge : changed.pledges) {
          if (pledge.id.text() != unlock.what) {
            continue;
          }
          if (unlock.kind == "count-offer") {
            pledge.status = model::PledgeStatus::kAnnounced;
            known = true;
          } else if (unlock.kind == "one-more-unit") {
            *pledge.quantity += model::Units{1};
            known = true;
          } else if (unlock.kind == "widen-roe") {
            pledge.roe = model::RulesOfEngagement::kAssistHost;
            known = true;
          }
        }
        if (known) {
          EXPECT_NEAR(objective_of(changed, with) - found.objective, unlock.gain, 1e-6)
              << seed << ": " << unlock.kind << " " << unlock.what;
          ++unlocks;
        }
      }
    }
  }
  EXPECT_GT(unlocks, 20);
}

TEST(Explain, AComparisonIsThePlanOfThatWorld) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    model::Scenario const scenario = random_case(seed, 8, 5, 5);
    auto const found = plan(scenario, {}).value();
    for (model::Comparison const& comparison : found.comparisons) {
      Request other;
      other.world.kind =
          comparison.without.empty() ? model::WorldKind::kAssured : model::WorldKind::kGiven;
      if (!comparison.without.empty()) {
        other.world.assumed[comparison.without] = false;
      }
      EXPECT_NEAR(comparison.objective, objective_of(scenario, other), 1e-6) << seed;
    }
    EXPECT_TRUE(found.reason == "not viable" || !found.comparisons.empty()) << seed;
  }
}

}  // namespace
}  // namespace guarantor::generate
