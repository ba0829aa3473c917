#include "guarantor/generate/timeline_search.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <vector>

#include "exhaustive.h"
#include "guarantor/generate/certificate.h"
#include "guarantor/generate/components.h"
#include "guarantor/model/random_stream.h"
#include "guarantor/model/world.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

constexpr double kTolerance = 1e-7;

std::vector<Component> components_of(model::Scenario const& scenario) {
  model::WorldRequest world;
  world.include_indicated = true;
  return split(build_instance(scenario, model::resolve(scenario, world).value()));
}

model::RandomStream stream(std::uint64_t number = 0) {
  return {7, "timeline search test", number};
}

/// That a plan breaks no rule and is worth what the search says.
void expect_certified(model::Scenario const& scenario, Instance const& instance,
                      TimelineSearch const& search) {
  Certificate const certificate = certify(scenario, instance, search.best());
  EXPECT_TRUE(certificate.broken_rules.empty()) << certificate.broken_rules.front();
  EXPECT_NEAR(certificate.objective, search.best_objective(), kTolerance);
}

/// A case with more to move about than can be enumerated.
model::Scenario larger_case(std::uint64_t seed) {
  return random_case(seed, 14, 7, 8);
}

/// Some of its pledges of many units, which move in groups.
model::Scenario case_of_many(std::uint64_t seed) {
  model::Scenario scenario = larger_case(seed);
  for (std::size_t p = 0; p < scenario.pledges.size(); p += 3) {
    scenario.pledges[p].quantity = model::Units{static_cast<int>(20 + 7 * p)};
  }
  for (std::size_t r = 0; r < scenario.requirements.size(); r += 2) {
    scenario.requirements[r].quantity = model::Units{static_cast<int>(25 + 11 * r)};
  }
  for (model::Ceiling& ceiling : scenario.ceilings) {
    ceiling.personnel = model::Personnel{20 * ceiling.personnel.count()};
  }
  return scenario;
}

TEST(TimelineSearch, EveryBestPlanIsCertified) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (model::Scenario const& scenario : {larger_case(seed), case_of_many(seed)}) {
      for (Component const& component : components_of(scenario)) {
        TimelineSearch search{scenario, component.instance, stream(seed)};
        search.start_anew();
        expect_certified(scenario, component.instance, search);
        for (int part = 0; part < 3; ++part) {
          double const before = search.best_objective();
          search.run(60, {}, {}, {});
          expect_certified(scenario, component.instance, search);
          EXPECT_GE(search.best_objective(), before);
          search.start_from_best();
        }
      }
    }
  }
}

TEST(TimelineSearch, StartingFromAPlanKeepsItsObjective) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario const scenario = larger_case(seed);
    for (Component const& component : components_of(scenario)) {
      TimelineSearch search{scenario, component.instance, stream(seed)};
      search.start_anew();
      search.run(150, {}, {}, {});
      TimelineSearch again{scenario, component.instance, stream(seed + 1'000)};
      again.start_from(search.best());
      expect_certified(scenario, component.instance, again);
      // Units that were idle may have found something to do.
      EXPECT_GE(again.best_objective(), search.best_objective() - kTolerance);
      again.start_anew();
      again.start_from(search.best());
      again.run(30, {}, {}, {});
      expect_certified(scenario, component.instance, again);
    }
  }
}

TEST(TimelineSearch, StartingFromAPlanOfManyUnitsKeepsMostOfIt) {
  double before = 0;
  double after = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario const scenario = case_of_many(seed);
    for (Component const& component : components_of(scenario)) {
      TimelineSearch search{scenario, component.instance, stream(seed)};
      search.start_anew();
      search.run(300, {}, {}, {});
      before += search.best_objective();
      TimelineSearch again{scenario, component.instance, stream(seed + 1'000)};
      again.start_from(search.best());
      expect_certified(scenario, component.instance, again);
      after += again.best_objective();
    }
  }
  EXPECT_GT(after, 0.98 * before);
}

TEST(TimelineSearch, StartsNearWhatBreaksRules) {
  int broken = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    model::Scenario const scenario = larger_case(seed);
    model::RandomStream draw{seed, "near"};
    for (Component const& component : components_of(scenario)) {
      std::vector<Start> starts;
      for (std::size_t o = 0; o < component.instance.options.size(); ++o) {
        Option const& option = component.instance.options[OptionIndex{o}];
        int const units = component.instance.pledges[option.pledge].quantity;
        int const month =
            option.first + static_cast<int>(draw.uniform() * (option.last - option.first));
        starts.push_back({OptionIndex{o}, month, units});
      }
      broken += certify(scenario, component.instance, starts).broken_rules.empty() ? 0 : 1;
      TimelineSearch search{scenario, component.instance, stream(seed)};
      search.start_near(starts);
      expect_certified(scenario, component.instance, search);
      search.run(50, {}, {}, {});
      expect_certified(scenario, component.instance, search);
    }
  }
  EXPECT_GT(broken, 30) << "nothing to repair";
}

TEST(TimelineSearch, TheSameStreamGivesTheSamePlan) {
  int differ = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    model::Scenario const scenario = larger_case(seed);
    for (Component const& component : components_of(scenario)) {
      auto const find = [&](std::uint64_t number) {
        TimelineSearch search{scenario, component.instance, stream(number)};
        search.start_anew();
        search.run(100, {}, {}, {});
        EXPECT_EQ(search.moves(), 100);
        return search.best();
      };
      EXPECT_EQ(find(seed), find(seed)) << "seed " << seed;
      differ += find(seed) == find(seed + 1'000) ? 0 : 1;
    }
  }
  EXPECT_GT(differ, 5) << "the stream does not matter";
}

TEST(TimelineSearch, ACancelledRunLeavesAPlan) {
  model::Scenario const scenario = larger_case(3);
  std::stop_source source;
  source.request_stop();
  model::RunControl control;
  control.cancel = source.get_token();
  for (Component const& component : components_of(scenario)) {
    TimelineSearch search{scenario, component.instance, stream()};
    search.start_anew();
    search.run(1'000'000'000, {}, {}, control);
    EXPECT_EQ(search.moves(), 0);
    expect_certified(scenario, component.instance, search);
  }
}

TEST(TimelineSearch, FindsTheOptimumOfMostSmallCases) {
  constexpr int kCases = 100;
  int optimal = 0;
  int tried = 0;
  for (std::uint64_t seed = 1; tried < kCases; ++seed) {
    ASSERT_LT(seed, 3'000U) << "too few cases";
    model::Scenario const scenario = random_case(seed);
    model::WorldRequest world;
    world.include_indicated = true;
    auto const expected = exhaustive_optimum(scenario, world, 50'000);
    if (!expected || !expected->viable || expected->objective <= 0) {
      continue;
    }
    ++tried;
    double found = 0;
    for (Component const& component : components_of(scenario)) {
      TimelineSearch search{scenario, component.instance, stream(seed)};
      search.start_anew();
      search.run(400, {}, {}, {});
      found += search.best_objective();
    }
    EXPECT_LE(found, expected->objective + kTolerance) << "seed " << seed;
    optimal += found > expected->objective - kTolerance ? 1 : 0;
  }
  EXPECT_GE(optimal, 90);
}

TEST(TimelineSearch, TheCasesHaveEveryFamilyOfRows) {
  int bundles = 0;
  int ceilings = 0;
  int led = 0;
  int crowded = 0;
  int least = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    for (Component const& component : components_of(larger_case(seed))) {
      Instance const& instance = component.instance;
      ceilings += instance.ceilings.empty() ? 0 : 1;
      for (PlannedPledge const& pledge : instance.pledges) {
        bundles += pledge.needs.empty() ? 0 : 1;
      }
      for (PlannedLine const& line : instance.lines) {
        led += line.led ? 1 : 0;
        crowded += line.max_nations ? 1 : 0;
        least += line.min_cover > 0 ? 1 : 0;
      }
    }
  }
  for (int const count : {bundles, ceilings, led, crowded, least}) {
    EXPECT_GT(count, 20);
  }
}

}  // namespace
}  // namespace guarantor::generate
