#include "guarantor/generate/explain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
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
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    model::Scenario scenario = random_case(seed, 6, 4, 4);
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

/// Makes by hand what an unlock names; false for a kind this test does not know.
bool change_by_hand(model::Unlock const& unlock, model::Gap const& gap, model::Scenario& scenario,
                    Request& request) {
  if (unlock.kind == "condition") {
    request.world.assumed[model::ConditionId{unlock.what}] = true;
    return true;
  }
  model::Requirement* own = nullptr;
  for (model::Requirement& line : scenario.requirements) {
    own = line.id == gap.requirement ? &line : own;
    if (line.id.text() == unlock.what && unlock.kind == "one-more-nation") {
      line.max_nations = *line.max_nations + 1;
      return true;
    }
    if (line.id.text() == unlock.what && unlock.kind == "drop-min-fill") {
      line.min_fill.reset();
      return true;
    }
  }
  if (unlock.kind == "raise-ceiling") {
    return std::erase_if(scenario.ceilings, [&](model::Ceiling const& ceiling) {
             return ceiling.id.text() == unlock.what;
           }) == 1;
  }
  for (model::Pledge& pledge : scenario.pledges) {
    if (pledge.id.text() != unlock.what) {
      continue;
    }
    if (unlock.kind == "count-offer") {
      pledge.status = model::PledgeStatus::kAnnounced;
    } else if (unlock.kind == "one-more-unit") {
      *pledge.quantity += model::Units{1};
    } else if (unlock.kind == "widen-roe") {
      pledge.roe = model::RulesOfEngagement::kAssistHost;
    } else if (unlock.kind == "lift-caveat") {
      pledge.areas = {};
      pledge.tasks = {};
      pledge.not_areas = {};
      pledge.not_tasks = {};
    } else if (unlock.kind == "earlier-and-longer") {
      pledge.notice = std::nullopt;
      pledge.transit = std::nullopt;
      pledge.from = std::nullopt;
      pledge.until = std::nullopt;
    } else if (unlock.kind == "state-quantity") {
      double counts = 1;
      for (model::Substitution const& entry : scenario.substitutions) {
        if (entry.capability == own->capability && entry.accepts == pledge.capability) {
          counts = entry.effectiveness.count();
        }
      }
      pledge.quantity = model::Units{static_cast<std::int64_t>(
          std::ceil(static_cast<double>(own->quantity.count()) / counts))};
    } else {
      return false;
    }
    return true;
  }
  return false;
}

/// An unlock must gain what making the change gains, and close some of its gap.
TEST(Explain, AnUnlockGainsWhatTheChangeGains) {
  std::map<std::string, int> unlocks;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    model::Scenario const scenario = random_case(seed, 6, 4, 4);
    Request request;
    request.world.kind = seed % 2 == 0 ? model::WorldKind::kAssured : model::WorldKind::kNominal;
    auto const found = plan(scenario, request).value();
    for (model::Gap const& gap : found.gaps) {
      for (model::Unlock const& unlock : gap.unlocks) {
        model::Scenario changed = scenario;
        Request with = request;
        ASSERT_TRUE(change_by_hand(unlock, gap, changed, with)) << unlock.kind;
        EXPECT_NEAR(objective_of(changed, with) - found.objective, unlock.gain, 1e-6)
            << seed << ": " << unlock.kind << " " << unlock.what;
        EXPECT_GT(unlock.gain, found.bound - found.objective);
        ++unlocks[unlock.kind];
      }
    }
  }
  EXPECT_GE(unlocks.size(), 8U);
  EXPECT_GT(unlocks["one-more-unit"], 20);
}

/// The budget of work stops explaining at the same place every time, and what it leaves is still
/// what a re-solve gains.
TEST(Explain, IsTheSameOnAnyNumberOfThreads) {
  model::Scenario const scenario = random_case(11, 6, 4, 5);
  Request request;
  auto const one = plan(scenario, request).value();
  request.threads = 3;
  EXPECT_EQ(one, plan(scenario, request).value());
}

TEST(Explain, AComparisonIsThePlanOfThatWorld) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    model::Scenario const scenario = random_case(seed, 6, 4, 4);
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
