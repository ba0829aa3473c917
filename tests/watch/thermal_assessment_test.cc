#include "guarantor/watch/thermal_assessment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include "guarantor/watch/sustained_excess.h"

namespace guarantor::watch {
namespace {

using std::chrono::days;

model::Date const kMarch{std::chrono::year{2022} / std::chrono::March / 1};
model::Date const kAugust{std::chrono::year{2022} / std::chrono::August / 12};

ThermalFire fire(double latitude, double longitude, model::Date day) {
  return {.place = {.longitude = model::Degrees{longitude}, .latitude = model::Degrees{latitude}},
          .day = day};
}

/// A field at 48.5 N, 35.5 E burns for ten days each August, twelve anomalies a day; elsewhere
/// single fires.
ThermalBackground const& stubble() {
  static ThermalBackground const background = [] {
    std::vector<ThermalFire> fires;
    std::mt19937_64 random{6};
    BackgroundRequest request;
    request.observed_years = {2018, 2019, 2020, 2021};
    for (int const year : request.observed_years) {
      model::Date const january{std::chrono::year{year} / std::chrono::January / 1};
      for (int day = 0; day < 10; ++day) {
        fires.insert(fires.end(), 12, fire(48.5, 35.5, january + days{221 + day}));
      }
      for (int k = 0; k < 400; ++k) {
        auto const row = static_cast<double>(random() % 20);
        auto const column = static_cast<double>(random() % 20);
        fires.push_back(fire(47.5 + (row / 10), 34.5 + (column / 10),
                             january + days{static_cast<int>(random() % 365)}));
      }
    }
    request.fires = fires;
    return ThermalBackground::fit(request).value();
  }();
  return background;
}

/// `count` fires in one cell on each of the days.
struct Burst {
  double latitude;
  double longitude;
  model::Date day;
  int count;
};

ThermalAssessment judged(std::vector<Burst> const& bursts,
                         std::vector<ThermalExclusion> const& exclusions = {}) {
  std::vector<ThermalFire> fires;
  for (Burst const& burst : bursts) {
    fires.insert(fires.end(), static_cast<std::size_t>(burst.count),
                 fire(burst.latitude, burst.longitude, burst.day));
  }
  return assess(stubble(), fires, exclusions);
}

int war(ThermalAssessment const& assessment) {
  int sum = 0;
  for (ThermalDay const& day : assessment.days) {
    sum += day.war_fires;
  }
  return sum;
}

TEST(ThermalAssessment, LetsTheFieldBurnInAugustAndNotInMarch) {
  auto const august = judged({{48.5, 35.5, kAugust, 12}, {48.5, 35.5, kAugust + days{9}, 12}});
  auto const march = judged({{48.5, 35.5, kMarch, 12}, {48.5, 35.5, kMarch + days{9}, 12}});
  EXPECT_EQ(war(august), 0);
  EXPECT_EQ(war(march), 24);
  EXPECT_LT(august.cell_days[0].probability.count(), 0.5);
  EXPECT_GT(march.cell_days[0].probability.count(), 0.9);
}

TEST(ThermalAssessment, AsksForTwoDaysFarEnoughApart) {
  for (auto const& [gap, counted] : {std::pair{8, false}, {9, true}, {89, true}, {90, false}}) {
    auto const assessment = judged({{48.2, 35, kMarch, 12}, {48.2, 35, kMarch + days{gap}, 12}});
    EXPECT_EQ(war(assessment) > 0, counted) << gap;
  }
}

TEST(ThermalAssessment, ReachesFiftyKilometres) {
  // 0.4 degrees of latitude are 44.5 km, 0.5 are 55.6 km.
  for (auto const& [latitude, counted] : {std::pair{48.6, true}, {48.7, false}}) {
    auto const assessment = judged({{48.2, 35, kMarch, 12},
                                    {48.2, 35, kMarch + days{20}, 12},
                                    {latitude, 35, kMarch + days{40}, 12}});
    EXPECT_EQ(war(assessment), counted ? 36 : 24) << latitude;
  }
}

TEST(ThermalAssessment, CountsAllFiresOfTheTenDaysAfter) {
  auto const assessment = judged({{48.2, 35, kMarch, 12},
                                  {48.2, 35, kMarch + days{30}, 12},
                                  {48.2, 35, kMarch + days{40}, 1},
                                  {48.2, 35, kMarch + days{41}, 1},
                                  {48.3, 35, kMarch + days{31}, 1}});
  ASSERT_EQ(assessment.days.size(), 42U);
  EXPECT_EQ(assessment.days[40].war_fires, 1);
  EXPECT_EQ(assessment.days[41].war_fires, 0);
  EXPECT_EQ(assessment.days[31].war_fires, 0);
  EXPECT_EQ(assessment.days[31].fires, 1);
  EXPECT_EQ(assessment.days[35].fires, 0);
}

TEST(ThermalAssessment, CountsTheExcessAloneBelowTheMedian) {
  auto const assessment = judged({{48.2, 35, kMarch, 30},
                                  {48.2, 35, kMarch + days{30}, 30},
                                  {48.3, 35, kMarch + days{60}, 9}});
  JudgedCellDay const& small = assessment.cell_days.back();
  EXPECT_EQ(small.excess, 9 - small.bound - 2);
  ASSERT_GT(small.excess, 0);
  EXPECT_LT(small.excess, assessment.all_from_excess);
  EXPECT_EQ(small.war_fires, small.excess);
  EXPECT_EQ(assessment.cell_days.front().war_fires, 30);
}

TEST(ThermalAssessment, LeavesOutExclusionsOnTheirDays) {
  ThermalExclusion box{.west = model::Degrees{34.9},
                       .east = model::Degrees{35},
                       .south = model::Degrees{48.2},
                       .north = model::Degrees{48.3},
                       .from = kMarch + days{30},
                       .to = kMarch + days{40}};
  std::vector<Burst> const bursts{
      {48.2, 35, kMarch, 12}, {48.2, 35, kMarch + days{20}, 12}, {48.2, 35, kMarch + days{30}, 12}};
  EXPECT_EQ(war(judged(bursts)), 36);
  auto const assessment = judged(bursts, {box});
  EXPECT_EQ(war(assessment), 24);
  EXPECT_EQ(assessment.cell_days[2].probability.count(), 0);
  EXPECT_EQ(assessment.days.back().fires, 12);
  EXPECT_TRUE(is_excluded({&box, 1}, fire(48.3, 34.9, kMarch + days{40})));
  EXPECT_FALSE(is_excluded({&box, 1}, fire(48.3, 34.9, kMarch + days{41})));
  EXPECT_FALSE(is_excluded({&box, 1}, fire(48.301, 34.9, kMarch + days{40})));
}

TEST(ThermalAssessment, LeavesOutTheFiresOfABoxSmallerThanACell) {
  // A box about the fires at 35.02, in a cell whose centre at 35 lies outside it.
  ThermalExclusion const box{.west = model::Degrees{35.01},
                             .east = model::Degrees{35.03},
                             .south = model::Degrees{48.19},
                             .north = model::Degrees{48.21},
                             .from = kMarch,
                             .to = kMarch + days{365}};
  std::vector<Burst> const inside{{48.2, 35.02, kMarch, 12}, {48.2, 35.02, kMarch + days{20}, 12}};
  EXPECT_EQ(war(judged(inside)), 24);
  auto const none = judged(inside, {box});
  EXPECT_EQ(war(none), 0);
  EXPECT_EQ(none.cell_days[0].excluded, 12);
  EXPECT_EQ(none.days.front().fires, 12);
  EXPECT_EQ(none.days.front().probable_war, 0);
}

TEST(ThermalAssessment, JudgesFiresOutsideABoxByTheirOwnCount) {
  // The box has the centre of the cell; half of the fires lie east of it.
  ThermalExclusion const box{.west = model::Degrees{34.98},
                             .east = model::Degrees{35.01},
                             .south = model::Degrees{48.19},
                             .north = model::Degrees{48.21},
                             .from = kMarch,
                             .to = kMarch + days{365}};
  std::vector<Burst> const outside{{48.2, 35.04, kMarch, 12}, {48.2, 35.04, kMarch + days{20}, 12}};
  std::vector<Burst> both = outside;
  both.push_back({48.2, 35, kMarch, 40});
  both.push_back({48.2, 35, kMarch + days{20}, 40});
  auto const alone = judged(outside);
  auto const together = judged(both, {box});
  EXPECT_EQ(war(together), 24);
  EXPECT_EQ(together.days.front().fires, 52);
  EXPECT_EQ(together.all_from_excess, alone.all_from_excess);
  EXPECT_EQ(together.cell_days[0].excess, alone.cell_days[0].excess);
  EXPECT_EQ(together.cell_days[0].probability, alone.cell_days[0].probability);
  EXPECT_EQ(together.days.front().probable_war, alone.days.front().probable_war);
}

TEST(ThermalAssessment, CallsWarWhatBurnsFarFromTheFewCellsThatEverBurnt) {
  // One, two or three works of 8 to 12 fires a day are all that is known; then another cell, which
  // never burnt, has more than any of them for a month.
  for (int const works : {1, 2, 3}) {
    std::mt19937_64 random{static_cast<unsigned>(works)};
    auto const burn = [&random, works](int year, std::vector<ThermalFire>& fires) {
      model::Date const july{std::chrono::year{year} / std::chrono::July / 1};
      for (int day = 0; day < 60; ++day) {
        for (int work = 0; work < works; ++work) {
          fires.insert(fires.end(), 8 + (random() % 5),
                       fire(48 + (0.3 * work), 37 + (0.7 * work), july + days{day}));
        }
      }
    };
    std::vector<ThermalFire> earlier;
    BackgroundRequest request;
    request.observed_years = {2018, 2019, 2020, 2021};
    for (int const year : request.observed_years) {
      burn(year, earlier);
    }
    request.fires = earlier;
    auto const background = ThermalBackground::fit(request).value();
    for (auto const month : {std::chrono::March, std::chrono::July}) {
      for (int const count : {15, 30, 60}) {
        std::vector<ThermalFire> fires;
        burn(2022, fires);
        for (int day = 0; day < 30; ++day) {
          fires.insert(fires.end(), static_cast<std::size_t>(count),
                       fire(52, 30, model::Date{std::chrono::year{2022} / month / 1} + days{day}));
        }
        auto const assessment = assess(background, fires, {});
        EXPECT_GT(war(assessment), 0.9 * 30 * count) << works << ' ' << count;
        EXPECT_LT(war(assessment), 1.1 * 30 * count) << works << ' ' << count;
      }
    }
  }
}

TEST(ThermalAssessment, GivesAProbabilityThatRisesWithTheCount) {
  BackgroundCount const expected{0.5, 0.2, 0.01};
  double before = 0;
  for (int count = 1; count < 60; ++count) {
    double const probability =
        probability_not_background(expected, count, model::Probability{0.2}).count();
    EXPECT_GE(probability, before);
    EXPECT_LE(probability, 1);
    before = probability;
  }
  EXPECT_GT(before, 0.999);
  EXPECT_DOUBLE_EQ(probability_not_background(expected, 1, model::Probability{0.2}).count(), 0.2);
  EXPECT_DOUBLE_EQ(probability_not_background(expected, 0, model::Probability{0.2}).count(), 0);
}

TEST(ThermalAssessment, DoesNotSeeTheOrderOfTheFires) {
  std::vector<ThermalFire> fires;
  std::mt19937_64 random{11};
  for (int k = 0; k < 3000; ++k) {
    auto const row = static_cast<double>(random() % 12);
    fires.push_back(fire(48 + (row * row / 144), 35 + (row / 10),
                         kMarch + days{static_cast<int>(random() % 60)}));
  }
  auto const first = assess(stubble(), fires, {});
  std::ranges::shuffle(fires, random);
  auto const second = assess(stubble(), fires, {});
  EXPECT_EQ(first.cell_days, second.cell_days);
  EXPECT_EQ(first.days, second.days);
  EXPECT_GT(war(first), 0);
}

TEST(ThermalAssessment, HasNothingToSayAboutNoFires) {
  EXPECT_TRUE(judged({}).days.empty());
  EXPECT_TRUE(judged({}).cell_days.empty());
}

TEST(SustainedExcess, FindsAGapWhereverItIs) {
  // The oracle: all pairs.
  std::mt19937_64 random{3};
  for (int round = 0; round < 500; ++round) {
    std::vector<model::Date> all;
    for (std::size_t k = random() % 8; k > 0; --k) {
      all.push_back(kMarch + days{static_cast<int>(random() % 120)});
    }
    std::ranges::sort(all);
    bool found = false;
    for (model::Date const a : all) {
      for (model::Date const b : all) {
        found = found || (b - a >= days{30} && b - a <= days{35});
      }
    }
    EXPECT_EQ(has_gap(all, 30, 35), found);
  }
}

}  // namespace
}  // namespace guarantor::watch
