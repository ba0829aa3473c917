#include "guarantor/generate/plan_state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "guarantor/model/world.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

constexpr double kTolerance = 1e-9;

/// A line that takes one nation only, and a tour there of each of two nations that meet.
struct Meeting {
  UnitTour first;
  UnitTour second;
};

std::optional<Meeting> find_meeting(Instance const& instance) {
  for (PlannedLine const& line : instance.lines) {
    if (line.max_nations != 1 || line.led) {
      continue;
    }
    for (OptionIndex const a : line.options) {
      for (OptionIndex const b : line.options) {
        Option const& one = instance.options[a];
        Option const& other = instance.options[b];
        PlannedPledge const& pledge = instance.pledges[one.pledge];
        PlannedPledge const& beside = instance.pledges[other.pledge];
        int const start = std::max(one.first, other.first);
        if (pledge.nation != beside.nation && pledge.needs.empty() && beside.needs.empty() &&
            start < std::min(one.last, other.last)) {
          return Meeting{{a, start}, {b, start}};
        }
      }
    }
  }
  return std::nullopt;
}

bool meets(Instance const& instance, UnitTour a, UnitTour b) {
  Option const& one = instance.options[a.option];
  Option const& other = instance.options[b.option];
  return one.line == other.line && a.start < instance.tour_end(other, b.start) &&
         b.start < instance.tour_end(one, a.start);
}

TEST(PlanState, ANationTooManyCostsItsPriceUntilItLeaves) {
  int tried = 0;
  for (std::uint64_t seed = 1; seed <= 300 && tried < 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    model::Scenario scenario = random_case(seed, 10, 5, 8);
    scenario.ceilings.clear();
    Instance const instance =
        build_instance(scenario, model::resolve(scenario, model::WorldRequest{}).value());
    auto const meeting = find_meeting(instance);
    if (!meeting) {
      continue;
    }
    ++tried;
    PlanState state{scenario, instance};
    state.insert({meeting->first}, 1);
    double const alone = state.objective();
    ASSERT_TRUE(state.keeps_rules());
    EXPECT_FALSE(state.allows(meeting->second, 1));

    state.set_rule_price(0);
    state.insert({meeting->second}, 1);
    double const free = state.objective();
    EXPECT_FALSE(state.keeps_rules());
    state.set_rule_price(0.5);
    double const half = free - state.objective();
    state.set_rule_price(1);
    EXPECT_GT(half, 0);
    EXPECT_NEAR(free - state.objective(), 2 * half, kTolerance);

    state.remove({meeting->second}, 1);
    EXPECT_TRUE(state.keeps_rules());
    EXPECT_NEAR(state.objective(), alone, kTolerance);

    state.set_rule_price(PlanState::kRulesHold);
    Timeline timeline;
    state.best_timeline(instance.options[meeting->second.option].pledge, {}, timeline);
    for (UnitTour const tour : timeline) {
      EXPECT_FALSE(meets(instance, meeting->first, tour));
    }
  }
  EXPECT_EQ(tried, 20);
}

}  // namespace
}  // namespace guarantor::generate
