#include "guarantor/generate/package.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <vector>

#include "exhaustive.h"
#include "random_case.h"

namespace guarantor::generate {
namespace {

Request asking(std::vector<model::RequirementId> lines, double fill) {
  Request request;
  request.explain = false;
  request.package = PackageRequest{model::NationId{"XAC"}, std::move(lines), fill};
  return request;
}

Request plain() {
  Request request;
  request.explain = false;
  return request;
}

double units_in(std::vector<model::PackageUnits> const& units) {
  double sum = 0;
  for (model::PackageUnits const& row : units) {
    sum += static_cast<double>(row.units.count());
  }
  return sum;
}

/// The best fill of a line over all the best plans; nothing where they are too many to try.
std::optional<double> best_fill(model::Scenario const& scenario, std::size_t line) {
  constexpr std::size_t kMostPlans = 40'000;
  auto const plans = exhaustive_plans(scenario, {}, kMostPlans);
  if (!plans) {
    return std::nullopt;
  }
  double best = 0;
  for (ExhaustivePlan const& plan : *plans) {
    best = std::max(best, plan.worth);
  }
  model::Requirement const& row = scenario.requirements[line];
  int const horizon = scenario.header.horizon.count();
  int const from = row.from ? row.from->count() : 0;
  int const to = std::min(row.to ? row.to->count() : horizon, horizon);
  auto const quantity = static_cast<double>(row.quantity.count());
  double most = 0;
  for (ExhaustivePlan const& plan : *plans) {
    if (plan.worth < best - 1e-7) {
      continue;
    }
    double sum = 0;
    for (int t = from; t < to; ++t) {
      double cover = 0;
      for (auto const& [where, units] : plan.present) {
        auto const& [pledge, served, month] = where;
        if (served != line || month != t) {
          continue;
        }
        double counts = 1;
        for (model::Substitution const& entry : scenario.substitutions) {
          if (entry.capability == row.capability &&
              entry.accepts == scenario.pledges[pledge].capability) {
            counts = entry.effectiveness.count();
          }
        }
        cover += counts * units;
      }
      cover = cover < row.min_fill.value_or(0) * quantity - 1e-9 ? 0 : cover;
      sum += std::min(cover, quantity) / quantity;
    }
    most = std::max(most, sum / (to - from));
  }
  return most;
}

/// Whether some package of so many units lifts the line, by trying all of them and all plans.
std::optional<bool> some_package_lifts(model::Scenario const& scenario, std::size_t line,
                                       double fill, int units,
                                       std::vector<model::PackageUnits> const& so_far = {},
                                       std::size_t capability = 0) {
  if (units == 0) {
    auto const best = best_fill(with_package(scenario, model::NationId{"XAC"}, so_far), line);
    return best ? std::optional{*best >= fill - 1e-9} : std::nullopt;
  }
  if (capability == scenario.capabilities.size()) {
    return false;
  }
  for (int own = units; own >= 0; --own) {
    auto more = so_far;
    if (own > 0) {
      more.push_back({scenario.capabilities[capability].id, model::Units{own}, {}});
    }
    auto const lifts = some_package_lifts(scenario, line, fill, units - own, more, capability + 1);
    if (!lifts || *lifts) {
      return lifts;
    }
  }
  return false;
}

/// The package lifts its lines by as much as it says when it is put in by hand, and no package of
/// fewer units does.
TEST(Package, IsTheSmallestThatReachesTheFill) {
  int reached = 0;
  int out_of_reach = 0;
  int of_several = 0;
  for (std::uint64_t seed = 1; reached < 25; ++seed) {
    ASSERT_LT(seed, 3000U);
    model::Scenario const scenario = random_case(seed);
    std::size_t const line = seed % scenario.requirements.size();
    model::RequirementId const id = scenario.requirements[line].id;
    double const fill = seed % 2 == 0 ? 1.0 : 0.7;
    auto const before = best_fill(scenario, line);
    if (!before || *before >= fill - 1e-9 || *before > 0.5) {
      continue;
    }
    auto const found = plan(scenario, asking({id}, fill)).value();
    ASSERT_TRUE(found.package);
    model::Package const& package = *found.package;
    EXPECT_TRUE(package.reached || !package.reason.empty()) << seed;
    int const units = package.reached ? static_cast<int>(units_in(package.units)) : 3;
    bool exhausted = true;
    for (int fewer = 1; fewer < units && exhausted; ++fewer) {
      auto const lifts = some_package_lifts(scenario, line, fill, fewer);
      exhausted = lifts.has_value();
      EXPECT_FALSE(lifts.value_or(false))
          << seed << ": " << fewer << " instead of " << units << " " << package.reason;
    }
    if (!package.reached) {
      ++out_of_reach;
      continue;
    }
    EXPECT_TRUE(package.proven) << seed;
    auto const with = plan(with_package(scenario, package.nation, package.units), plain()).value();
    EXPECT_NEAR(with.objective - found.objective, package.gain, 1e-9) << seed;
    EXPECT_GE(package.lines[0].after, fill - 1e-9) << seed;
    EXPECT_LT(package.lines[0].before, fill) << seed;
    ++reached;
    of_several += units > 1 ? 1 : 0;
  }
  EXPECT_GT(of_several, 5);
  EXPECT_GT(out_of_reach, 2);
}

TEST(Package, OfNothingWhereTheLineIsFilled) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    model::Scenario const scenario = random_case(seed);
    auto const found = plan(scenario, plain()).value();
    for (model::Requirement const& line : scenario.requirements) {
      double sum = 0;
      int months = 0;
      for (model::Fill const& fill : found.fill) {
        if (fill.requirement == line.id) {
          sum += fill.covered / static_cast<double>(fill.required.count());
          ++months;
        }
      }
      if (months == 0 || sum / months <= 0) {
        continue;
      }
      auto const asked = plan(scenario, asking({line.id}, sum / months)).value();
      EXPECT_TRUE(asked.package->reached) << seed;
      EXPECT_TRUE(asked.package->units.empty()) << seed;
      EXPECT_DOUBLE_EQ(asked.package->lines[0].after, asked.package->lines[0].before);
    }
  }
}

/// One line of two companies, nobody there, and a ceiling that lets only one in.
TEST(Package, SaysWhatIsInTheWay) {
  model::Scenario scenario;
  scenario.header.horizon = model::Months{3};
  scenario.header.tier_weights = {10};
  scenario.nations.push_back({.id = model::NationId{"XAC"}});
  scenario.capabilities.push_back({.id = model::CapabilityId{"inf"},
                                   .kind = model::CapabilityKind::kPresence,
                                   .personnel = model::Personnel{100}});
  model::Requirement line;
  line.id = model::RequirementId{"gate"};
  line.capability = model::CapabilityId{"inf"};
  line.quantity = model::Units{2};
  line.from = model::Months{1};
  scenario.requirements.push_back(line);
  auto const free = *plan(scenario, asking({line.id}, 0.9)).value().package;
  EXPECT_TRUE(free.reached);
  EXPECT_TRUE(free.proven);
  ASSERT_EQ(free.units.size(), 1U);
  EXPECT_EQ(free.units[0].units, model::Units{2});
  EXPECT_EQ(free.units[0].from, model::Months{1});
  EXPECT_DOUBLE_EQ(free.lines[0].before, 0);
  EXPECT_DOUBLE_EQ(free.lines[0].after, 1);

  scenario.ceilings.push_back({.id = model::CeilingId{"camp"}, .personnel = model::Personnel{100}});
  auto const held = *plan(scenario, asking({line.id}, 0.9)).value().package;
  EXPECT_FALSE(held.reached);
  EXPECT_TRUE(held.units.empty());
  EXPECT_NE(held.reason.find("ceiling (camp)"), std::string::npos) << held.reason;
}

TEST(Package, AsksOnlyForWhatTheScenarioKnows) {
  model::Scenario const scenario = random_case(3);
  Request request = asking({scenario.requirements[0].id}, 0.9);
  EXPECT_TRUE(plan(scenario, request).ok());
  request.package->nation = model::NationId{"XZZ"};
  EXPECT_EQ(plan(scenario, request).error().kind, model::ErrorKind::kBadInput);
  request = asking({model::RequirementId{"nowhere"}}, 0.9);
  EXPECT_EQ(plan(scenario, request).error().kind, model::ErrorKind::kBadInput);
  request = asking({scenario.requirements[0].id}, 0);
  EXPECT_EQ(plan(scenario, request).error().kind, model::ErrorKind::kBadInput);
  request = asking({}, 0.9);
  EXPECT_EQ(plan(scenario, request).error().kind, model::ErrorKind::kBadInput);
}

}  // namespace
}  // namespace guarantor::generate
