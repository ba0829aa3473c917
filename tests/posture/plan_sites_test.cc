#include "guarantor/posture/plan_sites.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "drawn_road.h"

namespace guarantor::posture {
namespace {

using drawn::open;
using drawn::reach;
using drawn::reserves;
using drawn::road;
using drawn::site_at;

TEST(PlanSites, TheFewestThatKeepEveryStandard) {
  auto scenario = road("a---b--c--d---e", "abcde");
  for (char const place : {'a', 'b', 'c', 'd', 'e'}) {
    reach(scenario, place, {3});
  }
  auto const kind = reserves(scenario);
  EXPECT_EQ(open(kind), "bd");
  EXPECT_TRUE(kind.proven);
  EXPECT_EQ(kind.objective, 2);
  EXPECT_EQ(kind.bound, 2);
  ASSERT_EQ(kind.points.size(), 5U);
  EXPECT_EQ(kind.points[0].from.text(), "s-b");
  EXPECT_NEAR(kind.points[0].travel->count(), 3, 1e-6);
  EXPECT_TRUE(kind.points[0].standards.at(0).kept);
}

TEST(PlanSites, ABackupReachesEachPointWithinItsFirstStandardOnly) {
  auto scenario = road("a-b-c-----d", "abcd");
  reach(scenario, 'a', {2, 9});
  EXPECT_EQ(open(reserves(scenario)).size(), 1U);
  auto const kind = reserves(scenario, {.backup = 1});
  ASSERT_EQ(open(kind).size(), 2U);
  EXPECT_EQ(open(kind).find('d'), std::string::npos) << "d is five hours away";
  EXPECT_EQ(kind.points[0].standards[0].wanted, 2U);
  EXPECT_EQ(kind.points[0].standards[0].sites, 2U);
  EXPECT_EQ(kind.points[0].standards[1].wanted, 1U);
}

TEST(PlanSites, AfterALossTheLastStandardHolds) {
  auto scenario = road("a-b-----c", "abc");
  reach(scenario, 'a', {0.5, 6});
  auto const kind = reserves(scenario, {.loss_of = 1});
  // `a` alone keeps the first standard; when it is lost, `b` or `c` keep the last.
  EXPECT_EQ(open(kind).size(), 2U);
  EXPECT_EQ(open(kind)[0], 'a');
  EXPECT_TRUE(kind.points[0].standards[1].kept);
  EXPECT_LE(kind.points[0].after_loss->count(), 6 + 1e-9);
}

TEST(PlanSites, WhatExistsStaysAndCostsNothing) {
  auto scenario = road("a--b--c", "abc");
  reach(scenario, 'c', {2});
  site_at(scenario, 'a').existing = true;
  auto const kind = reserves(scenario);
  EXPECT_EQ(open(kind)[0], 'a');
  EXPECT_EQ(open(kind).size(), 2U);
  EXPECT_EQ(kind.objective, 1) << "one new site";
}

TEST(PlanSites, NewSitesKeepTheirDistanceFromTheLine) {
  auto scenario = road("a--b--c", "abc");
  reach(scenario, 'c', {9});
  model::Area line{.id = model::AreaId{"front"}, .kind = model::AreaKind::kLineOfContact};
  line.parts = {model::Line{
      {{model::Degrees{22.1}, model::Degrees{49}}, {model::Degrees{22.1}, model::Degrees{51}}}}};
  scenario.areas = {line};  // 7 km east of c, 78 km of b, 150 km of a
  scenario.header.siting.minimum_from_line = model::Kilometres{100};
  auto kind = reserves(scenario);
  EXPECT_EQ(open(kind), "a");
  EXPECT_TRUE(kind.sites[1].too_near);
  EXPECT_NEAR(kind.sites[1].from_line->count(), 79, 1);
  scenario.header.siting.maximum_reserve = 3;
  scenario.demands[0].standard_hours = {model::Hours{2}};
  site_at(scenario, 'b').minimum_from_line = model::Kilometres{50};
  EXPECT_EQ(open(reserves(scenario)), "b") << "its own distance stands before the rule";
  site_at(scenario, 'b').minimum_from_line.reset();
  site_at(scenario, 'c').existing = true;
  EXPECT_EQ(open(reserves(scenario)), "c") << "what exists stays, however near";
}

TEST(PlanSites, SaysWhatCannotBeKeptAndWhatWouldMakeItPossible) {
  auto scenario = road("a--b=c--d", "ad");
  reach(scenario, 'b', {1, 9});
  auto const kind = reserves(scenario);
  ASSERT_EQ(kind.out_of_reach.size(), 1U);
  auto const& standard = kind.out_of_reach[0];
  EXPECT_EQ(standard.demand.text(), "d-b");
  EXPECT_EQ(standard.within->count(), 1);
  EXPECT_EQ(standard.had, 0U);
  EXPECT_EQ(standard.first.text(), "s-a");
  EXPECT_NEAR(standard.first_hours->count(), 2, 1e-6);
  EXPECT_NEAR(standard.longer->count(), 2, 1e-6);
  EXPECT_TRUE(standard.links.empty()) << "by the closed link d is three hours away";
  EXPECT_TRUE(kind.relaxed);
  EXPECT_EQ(open(kind), "a") << "the rest is planned with what can be kept";
  EXPECT_FALSE(kind.points[0].standards[0].kept) << "by the standard that was asked for";
  EXPECT_TRUE(kind.points[0].standards[1].kept);
}

TEST(PlanSites, NamesTheClosedLinkThatWouldHelp) {
  auto scenario = road("a-----b=c-d", "ad");
  reach(scenario, 'b', {3});
  auto const kind = reserves(scenario);
  ASSERT_EQ(kind.out_of_reach.size(), 1U);
  EXPECT_EQ(kind.out_of_reach[0].links, std::vector<std::string>{"b-c"});
  SitesRequest const opened{.orders = {{"b-c", geo::LinkAct::kOpen, 1}}};
  EXPECT_TRUE(reserves(scenario, opened).out_of_reach.empty());
  EXPECT_EQ(open(reserves(scenario, opened)), "d");
}

TEST(PlanSites, NamesTheSiteThatIsKeptAwayFromTheLine) {
  auto scenario = road("a--b--c", "ac");
  reach(scenario, 'c', {1});
  model::Area line{.id = model::AreaId{"front"}, .kind = model::AreaKind::kLineOfContact};
  line.parts = {model::Line{
      {{model::Degrees{22.1}, model::Degrees{49}}, {model::Degrees{22.1}, model::Degrees{51}}}}};
  scenario.areas = {line};
  auto const kind = reserves(scenario, {.minimum_from_line = model::Kilometres{50}});
  ASSERT_EQ(kind.out_of_reach.size(), 1U);
  ASSERT_EQ(kind.out_of_reach[0].kept_away.size(), 1U);
  EXPECT_EQ(kind.out_of_reach[0].kept_away[0].text(), "s-c");
}

TEST(PlanSites, ABackupThatCannotBeHadIsOutOfReachNotAnError) {
  auto scenario = road("a-b-----c", "ac");
  reach(scenario, 'b', {2, 9});
  auto const kind = reserves(scenario, {.backup = 1});
  ASSERT_EQ(kind.out_of_reach.size(), 1U);
  EXPECT_EQ(kind.out_of_reach[0].wanted, 2U);
  EXPECT_EQ(kind.out_of_reach[0].had, 1U);
  EXPECT_NEAR(kind.out_of_reach[0].longer->count(), 5, 1e-6);
  EXPECT_TRUE(kind.feasible);
}

TEST(PlanSites, WhereFewerMayBeTheMostWeightIsServed) {
  auto scenario = road("a-----b-----c", "abc");
  reach(scenario, 'a', {1}, 1);
  reach(scenario, 'b', {1}, 3);
  reach(scenario, 'c', {1}, 2);
  scenario.header.siting.maximum_reserve = 2;
  auto const kind = reserves(scenario);
  EXPECT_EQ(open(kind), "bc");
  EXPECT_EQ(kind.goal, model::SiteGoal::kMostDemand);
  EXPECT_EQ(kind.objective, 5);
  EXPECT_FALSE(kind.notes.empty());
  EXPECT_EQ(open(reserves(scenario, {.most_sites = 3})), "abc");
}

TEST(PlanSites, TheCheapestByCostUnlessTheyAreTooMany) {
  auto scenario = road("a--b--c", "abc");
  reach(scenario, 'a', {2});
  reach(scenario, 'c', {2});
  site_at(scenario, 'a').cost = model::Money{1};
  site_at(scenario, 'b').cost = model::Money{5};
  site_at(scenario, 'c').cost = model::Money{1};
  auto kind = reserves(scenario);
  EXPECT_EQ(open(kind), "ac");
  EXPECT_TRUE(kind.by_cost);
  EXPECT_EQ(kind.objective, 2);
  kind = reserves(scenario, {.most_sites = 1});
  EXPECT_EQ(open(kind), "b");
  EXPECT_FALSE(kind.by_cost);
  site_at(scenario, 'b').cost.reset();
  kind = reserves(scenario);
  EXPECT_EQ(open(kind), "b") << "not every place has a cost, so sites are counted";
}

TEST(PlanSites, TimesAreGoalsToo) {
  auto scenario = road("a-b-c-d-e", "abe");
  for (char const place : {'a', 'b', 'c', 'd', 'e'}) {
    reach(scenario, place, {9});
  }
  auto kind = reserves(scenario, {.goal = model::SiteGoal::kWorstTime, .most_sites = 2});
  EXPECT_EQ(open(kind), "be");
  EXPECT_NEAR(kind.objective, 1, 1e-6);
  kind = reserves(scenario, {.goal = model::SiteGoal::kMeanTime, .most_sites = 1});
  EXPECT_EQ(open(kind), "b");
  EXPECT_NEAR(kind.objective, (1 + 0 + 1 + 2 + 3) / 5.0, 1e-6);
  auto const without =
      plan_sites(scenario, drawn::prepared(scenario), {.goal = model::SiteGoal::kMeanTime});
  ASSERT_FALSE(without.ok());
  EXPECT_EQ(without.error().message, "the goal mean-time needs a number of sites");
}

TEST(PlanSites, SayWhatIsMissing) {
  auto scenario = road("a-b", "a");
  auto plan = plan_sites(scenario, drawn::prepared(scenario), {});
  EXPECT_EQ(plan.error().message, "road says of nothing that it must be reached");
  reach(scenario, 'b', {1});
  scenario.demands[0].kind = model::SiteKind::kMedical;
  plan = plan_sites(scenario, drawn::prepared(scenario), {});
  EXPECT_EQ(plan.error().message,
            "medical stations are asked for, and sites.csv names no place for one");
  plan = plan_sites(scenario, drawn::prepared(scenario), {.kind = model::SiteKind::kReserve});
  EXPECT_EQ(plan.error().message,
            "road says of nothing that it must be reached from a site of the kind reserve");
}

TEST(PlanSites, APointFarOffTheNetworkIsNamed) {
  auto scenario = road("a-b", "a");
  model::Location far{.id = model::LocationId{"island"}};
  far.latitude = model::Degrees{53};
  far.longitude = model::Degrees{20};
  scenario.locations.push_back(far);
  reach(scenario, 'b', {1});
  scenario.demands[0].location = model::LocationId{"island"};
  auto const plan = plan_sites(scenario, drawn::prepared(scenario), {});
  ASSERT_FALSE(plan.ok());
  EXPECT_EQ(plan.error().kind, model::ErrorKind::kBadInput);
  EXPECT_NE(plan.error().message.find("`island` is too far from the network"), std::string::npos)
      << plan.error().message;
}

/// Every choice of sites, by the rules as they are written down.
class SmallCase {
 public:
  explicit SmallCase(std::uint32_t seed) : random_{seed} {
    std::string drawing;
    for (char place = 'a'; place < 'h'; ++place) {
      drawing += drawing.empty() ? "" : std::string(static_cast<std::size_t>(draw(1, 3)), '-');
      hours_.push_back(static_cast<double>(std::ranges::count(drawing, '-')));
      drawing += place;
    }
    scenario_ = road(drawing, "abcdefg");
    for (char place = 'a'; place < 'h'; ++place) {
      double const first = draw(1, 4);
      reach(scenario_, place, {first + 0.5, first + draw(1, 4) + 0.5}, draw(1, 3));
    }
    scenario_.header.siting.backup = draw(0, 1);
    scenario_.header.siting.loss_of = draw(0, 2);
    scenario_.sites[static_cast<std::size_t>(draw(0, 6))].existing = true;
  }

  [[nodiscard]] model::Scenario const& scenario() const { return scenario_; }

  /// The fewest new sites that keep every standard; nothing where none do.
  [[nodiscard]] std::optional<int> fewest() const {
    std::optional<int> best;
    for (std::uint32_t chosen = 0; chosen < 128; ++chosen) {
      if (allowed(chosen) && keeps_all(chosen)) {
        int const fresh = std::popcount(chosen) - 1;
        best = std::min(best.value_or(fresh), fresh);
      }
    }
    return best;
  }

 private:
  int draw(int least, int most) {
    return least + static_cast<int>(random_() % static_cast<std::uint32_t>(most - least + 1));
  }
  [[nodiscard]] bool allowed(std::uint32_t chosen) const {
    for (std::size_t s = 0; s < 7; ++s) {
      if (scenario_.sites[s].existing && ((chosen >> s) & 1U) == 0) {
        return false;
      }
    }
    return true;
  }
  [[nodiscard]] int within(std::uint32_t chosen, std::size_t point, double hours) const {
    int count = 0;
    for (std::size_t s = 0; s < 7; ++s) {
      count += ((chosen >> s) & 1U) != 0 && std::abs(hours_[s] - hours_[point]) <= hours ? 1 : 0;
    }
    return count;
  }
  [[nodiscard]] bool keeps_all(std::uint32_t chosen) const {
    for (std::size_t p = 0; p < 7; ++p) {
      auto const& standards = scenario_.demands[p].standard_hours;
      if (within(chosen, p, standards[0].count()) < 1 + *scenario_.header.siting.backup ||
          within(chosen, p, standards[1].count()) < 1 + *scenario_.header.siting.loss_of) {
        return false;
      }
    }
    return true;
  }

  std::mt19937 random_;
  model::Scenario scenario_;
  std::vector<double> hours_;
};

TEST(PlanSites, TryingEveryChoiceAgreesOn200Roads) {
  int possible = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SmallCase const small{seed};
    auto const kind = reserves(small.scenario());
    auto const fewest = small.fewest();
    EXPECT_EQ(kind.out_of_reach.empty(), fewest.has_value()) << seed;
    if (fewest) {
      ++possible;
      EXPECT_TRUE(kind.feasible && kind.proven) << seed;
      EXPECT_EQ(static_cast<int>(open(kind).size()) - 1, *fewest) << seed;
      EXPECT_EQ(kind.objective, *fewest) << seed;
      for (auto const& point : kind.points) {
        EXPECT_TRUE(point.standards[0].kept && point.standards[1].kept) << seed;
      }
    }
  }
  EXPECT_GT(possible, 100);
  EXPECT_LT(possible, 200);
}

}  // namespace
}  // namespace guarantor::posture
