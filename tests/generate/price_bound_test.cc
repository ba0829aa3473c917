#include "guarantor/generate/price_bound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "exhaustive.h"
#include "guarantor/generate/branching.h"
#include "guarantor/generate/certificate.h"
#include "guarantor/generate/components.h"
#include "guarantor/model/random_stream.h"
#include "guarantor/model/world.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

constexpr double kTolerance = 1e-7;
constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr PriceBound::Stride kStride{0.1, 0.0005};
constexpr std::size_t kMostPlans = 100'000;

/// A random case that can be enumerated, in components, and what the best plan is worth.
struct Case {
  std::uint64_t seed{};
  model::Scenario scenario;
  std::vector<Component> components;
  double optimum{};
};

std::optional<Case> case_of(std::uint64_t seed) {
  Case drawn;
  drawn.seed = seed;
  drawn.scenario = random_case(seed);
  model::WorldRequest world;
  world.kind = seed % 3 == 0 ? model::WorldKind::kAssured : model::WorldKind::kNominal;
  world.include_indicated = true;
  auto const expected = exhaustive_optimum(drawn.scenario, world, kMostPlans);
  if (!expected || !expected->viable || expected->objective <= 0) {
    return std::nullopt;
  }
  drawn.optimum = expected->objective;
  drawn.components =
      split(build_instance(drawn.scenario, model::resolve(drawn.scenario, world).value()));
  return drawn;
}

/// The first cases worth something.
std::vector<Case> const& cases() {
  static std::vector<Case> const drawn = [] {
    constexpr std::size_t kCases = 150;
    std::vector<Case> all;
    for (std::uint64_t seed = 1; all.size() < kCases && seed < 5'000; ++seed) {
      if (auto one = case_of(seed)) {
        all.push_back(std::move(*one));
      }
    }
    return all;
  }();
  return drawn;
}

TEST(PriceBound, IsNeverBelowTheExhaustiveOptimum) {
  ASSERT_GE(cases().size(), 100U);
  int tight = 0;
  for (Case const& one : cases()) {
    double first = 0;
    double last = 0;
    for (Component const& component : one.components) {
      PriceBound prices{one.scenario, component.instance};
      prices.begin({});
      double const begun = prices.bound();
      prices.descend(300, kStride, kNever, {});
      EXPECT_LE(prices.bound(), begun);
      first += begun;
      last += prices.bound();
    }
    EXPECT_GE(first, one.optimum - kTolerance) << "seed " << one.seed;
    EXPECT_GE(last, one.optimum - kTolerance) << "seed " << one.seed;
    tight += last < 1.02 * one.optimum ? 1 : 0;
  }
  EXPECT_GT(tight, 50) << "the bound says little";
}

TEST(PriceBound, AnyPricesGiveABound) {
  for (Case const& one : cases()) {
    double bound = 0;
    model::RandomStream stream{one.seed, "any prices"};
    for (Component const& component : one.components) {
      PriceBound prices{one.scenario, component.instance};
      std::vector<float> any(prices.size());
      for (float& price : any) {
        price = static_cast<float>(8 * stream.uniform());
      }
      prices.try_from(any);
      EXPECT_EQ(prices.best_prices(), any);
      bound += prices.bound();
    }
    EXPECT_GE(bound, one.optimum - kTolerance) << "seed " << one.seed;
  }
}

TEST(PriceBound, TheSamePricesGiveTheSameBoundAgain) {
  for (std::size_t i = 0; i < 20; ++i) {
    for (Component const& component : cases()[i].components) {
      PriceBound prices{cases()[i].scenario, component.instance};
      prices.begin({});
      prices.descend(100, kStride, kNever, {});
      PriceBound again{cases()[i].scenario, component.instance};
      again.try_from(prices.best_prices());
      // Prices are kept in single precision.
      EXPECT_NEAR(again.bound(), prices.bound(), 1e-4 * (1 + std::abs(prices.bound())));
    }
  }
}

/// A few branches drawn at random.
std::vector<PriceBound::Branch> some_branches(Instance const& instance,
                                              model::RandomStream& stream) {
  std::vector<PriceBound::Branch> branches;
  auto const below = [&](int n) { return static_cast<int>(stream.uniform() * n); };
  for (int left = below(4); left > 0; --left) {
    OptionIndex const index{
        static_cast<std::size_t>(below(static_cast<int>(instance.options.size())))};
    Option const& option = instance.options[index];
    int const quantity = instance.pledges[option.pledge].quantity;
    int const month = option.first + below(option.until - option.first);
    int const least = 1 + below(quantity);
    branches.push_back(below(2) == 0 ? PriceBound::Branch{index, month, least, quantity}
                                     : PriceBound::Branch{index, month, 0, least - 1});
  }
  return branches;
}

/// Where nothing changed nothing is asked again: that must not be seen.
TEST(PriceBound, WhatItRemembersIsWhatAFreshOneFinds) {
  int entered = 0;
  int refused = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    Case const& one = cases()[i];
    model::RandomStream stream{one.seed, "remembered"};
    for (Component const& component : one.components) {
      PriceBound used{one.scenario, component.instance};
      used.begin({});
      std::vector<float> prices = used.best_prices();
      for (int part = 0; part < 12; ++part) {
        for (float& price : prices) {
          price += stream.uniform() < 0.3 ? static_cast<float>(stream.uniform() - 0.5) : 0;
        }
        auto const branches = some_branches(component.instance, stream);
        PriceBound fresh{one.scenario, component.instance};
        bool const possible = fresh.enter(branches, prices);
        ASSERT_EQ(used.enter(branches, prices), possible) << "seed " << one.seed;
        if (possible) {
          ASSERT_EQ(used.bound(), fresh.bound()) << "seed " << one.seed << " part " << part;
          used.descend(5, {0.01, 0.001}, kNever, {});
        }
        entered += possible ? 1 : 0;
        refused += possible ? 0 : 1;
      }
    }
  }
  EXPECT_GT(entered, 200);
  EXPECT_GT(refused, 20);
}

/// Runs every slot, bringing them together now and then, for about `work` evaluations.
void run_slots(Branching& branching, long work, double objective) {
  constexpr long kStretch = 100;
  while (!branching.exhausted() && branching.work() < work) {
    for (std::size_t slot = 0; slot < Branching::kSlots; ++slot) {
      branching.run(slot, kStretch, objective, {});
    }
    branching.gather(objective);
  }
}

/// Runs `branching` on every component, each with its own objective.
struct Branched {
  double bound{};
  bool exhausted{true};
};

/// `share` of the bound begun with stands in for what is known: nothing is known of a component by
/// itself, and any objective that no plan beats must do.
Branched branch(Case const& one, double share, long work) {
  Branched sum;
  for (Component const& component : one.components) {
    PriceBound prices{one.scenario, component.instance};
    prices.begin({});
    prices.descend(60, kStride, kNever, {});
    double const begun = prices.bound();
    Branching branching{prices};
    run_slots(branching, work, share * begun);
    EXPECT_LE(branching.bound(), begun);
    if (!branching.suggestion().empty()) {
      Certificate const plan = certify(one.scenario, component.instance, branching.suggestion());
      EXPECT_TRUE(!plan.broken_rules.empty() || plan.objective <= branching.bound() + kTolerance)
          << "seed " << one.seed << ": a plan above the bound";
    }
    sum.bound += branching.bound();
    sum.exhausted = sum.exhausted && branching.exhausted();
  }
  return sum;
}

TEST(Branching, IsNeverBelowTheExhaustiveOptimumWhateverItIsToldToBeat) {
  for (Case const& one : cases()) {
    for (double const share : {0.0, 0.5, 0.9}) {
      for (long const work : {200L, 2'000L}) {
        Branched const found = branch(one, share, work);
        EXPECT_GE(found.bound, one.optimum - kTolerance)
            << "seed " << one.seed << " share " << share << " work " << work;
      }
    }
  }
}

/// Without the rows that cost a decomposition its sharpness.
model::Scenario plain(model::Scenario scenario) {
  scenario.ceilings.clear();
  for (model::Pledge& pledge : scenario.pledges) {
    pledge.requires_pledges.clear();
  }
  for (model::Requirement& line : scenario.requirements) {
    line.min_fill.reset();
    line.max_nations.reset();
    line.framework_nation = {};
  }
  return scenario;
}

TEST(Branching, ClosesToTheOptimumOnPlainCases) {
  constexpr int kCases = 60;
  constexpr long kWork = 20'000;
  int closed = 0;
  int branched = 0;
  for (std::uint64_t seed = 1; closed < kCases; ++seed) {
    ASSERT_LT(seed, 3'000U) << "too few plain cases";
    model::Scenario const scenario = plain(random_case(seed));
    auto const expected = exhaustive_optimum(scenario, {}, kMostPlans);
    if (!expected || !expected->viable || expected->objective <= 0) {
      continue;
    }
    auto const components = split(build_instance(scenario, model::resolve(scenario, {}).value()));
    if (components.size() != 1) {
      continue;  // what each is worth by itself is not known
    }
    PriceBound prices{scenario, components.front().instance};
    prices.begin({});
    prices.descend(60, kStride, expected->objective, {});
    Branching branching{prices};
    run_slots(branching, kWork, expected->objective);
    EXPECT_NEAR(branching.bound(), expected->objective, 1e-5 * expected->objective)
        << "seed " << seed;
    branched += branching.work() > 0 ? 1 : 0;
    ++closed;
  }
  EXPECT_GT(branched, 10) << "descent alone closes everything";
}

}  // namespace
}  // namespace guarantor::generate
