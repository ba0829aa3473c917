#include "guarantor/generate/certificate.h"

#include <gtest/gtest.h>

#include "guarantor/generate/solve.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

/// Two companies of one nation for a line of two over six months; tours of two months, then rest.
model::Scenario rotation() {
  model::Scenario s;
  s.header.horizon = model::Months{6};
  s.header.tier_weights = {12};
  s.header.nation_penalty = 0.5;
  s.header.cost_weight = 0.1;
  s.capabilities.push_back({.id = model::CapabilityId{"inf"}, .personnel = model::Personnel{100}});
  model::Pledge pledge;
  pledge.id = model::PledgeId{"p"};
  pledge.nation = model::NationId{"XAA"};
  pledge.capability = model::CapabilityId{"inf"};
  pledge.quantity = model::Units{2};
  pledge.tour = model::Months{2};
  pledge.dwell = model::Months{2};
  pledge.cost_per_unit_month = model::Money{1};
  s.pledges.push_back(pledge);
  model::Requirement line;
  line.id = model::RequirementId{"r"};
  line.capability = model::CapabilityId{"inf"};
  line.quantity = model::Units{2};
  s.requirements.push_back(line);
  return s;
}

Instance instance_of(model::Scenario const& scenario) {
  return build_instance(scenario, model::resolve(scenario, {}).value());
}

TEST(Certificate, CountsTheObjectiveByHand) {
  //  month   0 1 2 3 4 5      a unit-month is worth 12 / 2 = 6, presence costs 0.5, a unit 0.1
  //  unit 1  x x . . x x
  //  unit 2  . . x x . .
  model::Scenario const s = rotation();
  OptionIndex const option{0};
  auto const certificate =
      certify(s, instance_of(s), {{option, 0, 1}, {option, 2, 1}, {option, 4, 1}});
  EXPECT_TRUE(certificate.broken_rules.empty());
  EXPECT_NEAR(certificate.objective, 6 * 6 - 6 * 0.5 - 6 * 0.1, 1e-12);
  EXPECT_EQ(certificate.cover[LineIndex{0}], (std::vector<double>{1, 1, 1, 1, 1, 1}));
}

TEST(Certificate, FindsAUnitUsedTwice) {
  model::Scenario const s = rotation();
  OptionIndex const option{0};
  auto const certificate = certify(s, instance_of(s), {{option, 0, 2}, {option, 2, 1}});
  ASSERT_FALSE(certificate.broken_rules.empty());
  EXPECT_EQ(certificate.broken_rules[0].substr(0, 2), "U:");
}

TEST(Certificate, FindsAStartTooEarly) {
  model::Scenario s = rotation();
  s.pledges[0].from = model::Months{3};
  auto const certificate = certify(s, instance_of(s), {{OptionIndex{0}, 2, 1}});
  ASSERT_FALSE(certificate.broken_rules.empty());
  EXPECT_EQ(certificate.broken_rules[0].substr(0, 2), "S:");
}

TEST(Certificate, FindsEachOtherRule) {
  auto const broken = [](model::Scenario const& s) {
    auto const certificate = certify(s, instance_of(s), {{OptionIndex{0}, 0, 2}});
    return certificate.broken_rules.empty() ? std::string{}
                                            : certificate.broken_rules[0].substr(0, 2);
  };
  EXPECT_EQ(broken(rotation()), "");

  model::Scenario ceiling = rotation();
  ceiling.ceilings.push_back({.id = model::CeilingId{"c"}, .personnel = model::Personnel{150}});
  EXPECT_EQ(broken(ceiling), "K:");

  model::Scenario led = rotation();
  led.requirements[0].framework_nation = model::NationId{"XAB"};
  EXPECT_EQ(broken(led), "F:");

  model::Scenario bundle = rotation();
  bundle.pledges[0].requires_pledges = {model::PledgeId{"other"}};
  EXPECT_EQ(broken(bundle), "Q:");

  model::Scenario none = rotation();
  none.requirements[0].max_nations = 0;
  EXPECT_EQ(broken(none), "M:");
}

TEST(Solve, PlansOfLargerRandomCasesKeepEveryRuleAndTheirBound) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    model::Scenario const scenario = random_case(seed, 14, 8, 8);
    Instance const instance = instance_of(scenario);
    ComponentCache cache;
    Request request;
    request.gap = 0.02;
    auto const solution = solve(scenario, instance, request, cache, {}).value();
    auto const certificate = certify(scenario, instance, solution.starts);
    EXPECT_TRUE(certificate.broken_rules.empty()) << seed << certificate.broken_rules[0];
    EXPECT_NEAR(certificate.objective, solution.objective, 1e-6) << seed;
    EXPECT_LE(solution.objective, solution.bound + 1e-9) << seed;
    EXPECT_LE(solution.bound - solution.objective, 0.02 * std::max(1.0, solution.objective) + 1e-9);
  }
}

TEST(Solve, IsTheSameOnAnyNumberOfThreadsAndWithACache) {
  model::Scenario const scenario = random_case(11, 20, 12, 6);
  Instance const instance = instance_of(scenario);
  ComponentCache cache;
  Request request;
  auto const one = solve(scenario, instance, request, cache, {}).value();
  auto const cached = solve(scenario, instance, request, cache, {}).value();
  ComponentCache fresh;
  request.threads = 4;
  auto const four = solve(scenario, instance, request, fresh, {}).value();
  EXPECT_EQ(one.starts, four.starts);
  EXPECT_EQ(one.starts, cached.starts);
  EXPECT_EQ(one.objective, four.objective);
  EXPECT_EQ(cached.work, 0);
}

TEST(Solve, ACancelledRunLeavesAValidPlanAndBound) {
  model::Scenario const scenario = random_case(5, 20, 12, 8);
  Instance const instance = instance_of(scenario);
  std::stop_source source;
  source.request_stop();
  ComponentCache cache;
  auto const stopped = solve(scenario, instance, {}, cache, {.cancel = source.get_token()}).value();
  EXPECT_FALSE(stopped.proven);
  EXPECT_TRUE(certify(scenario, instance, stopped.starts).broken_rules.empty());
  ComponentCache fresh;
  auto const whole = solve(scenario, instance, {}, fresh, {}).value();
  EXPECT_GE(stopped.bound, whole.objective - 1e-9);
  EXPECT_LE(stopped.objective, whole.objective + 1e-9);
  EXPECT_GT(stopped.objective, 0);
}

/// A clock that moves at each look stops the search at every stage in turn; wherever it stops, plan
/// and bound must hold the optimum between them.
TEST(Solve, WhereverALimitStopsItTheBoundHolds) {
  for (std::uint64_t const seed : {3U, 8U, 11U}) {
    model::Scenario const scenario = random_case(seed, 14, 8, 8);
    Instance const instance = instance_of(scenario);
    ComponentCache known;
    auto const whole = solve(scenario, instance, {}, known, {}).value();
    int stopped = 0;
    for (int looks = 20; looks < 20'000; looks += looks / 2) {
      int look = 0;
      model::RunControl control;
      control.time_limit = model::Seconds{static_cast<double>(looks)};
      control.elapsed = [&look] { return model::Seconds{static_cast<double>(++look)}; };
      ComponentCache cache;
      auto const cut = solve(scenario, instance, {}, cache, control).value();
      EXPECT_TRUE(certify(scenario, instance, cut.starts).broken_rules.empty()) << seed;
      EXPECT_LE(cut.objective, whole.objective + 1e-6) << seed << " after " << looks;
      EXPECT_GE(cut.bound, whole.objective - 1e-6) << seed << " after " << looks;
      stopped += cut.proven ? 0 : 1;
    }
    EXPECT_GT(stopped, 5) << seed;
  }
}

}  // namespace
}  // namespace guarantor::generate
