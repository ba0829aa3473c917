#include "guarantor/monitor/heat_judgement.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "guarantor/monitor/ingest.h"
#include "guarantor/monitor/watch_desk.h"
#include "small_front.h"
#include "temporary_store.h"

namespace guarantor::monitor {
namespace {

using store::TemporaryStore;

model::Date date(int year, unsigned month, unsigned day) {
  return model::Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

/// A works far away, two fires a day all summer.
std::vector<watch::ThermalFire> earlier_fires() {
  std::vector<watch::ThermalFire> fires;
  for (int const year : {2019, 2020, 2021}) {
    for (int day = 0; day < 120; ++day) {
      fires.insert(fires.end(), 1 + static_cast<std::size_t>(day % 3),
                   {.place = {.longitude = model::Degrees{36}, .latitude = model::Degrees{47}},
                    .day = date(year, 5, 1) + std::chrono::days{day}});
    }
  }
  return fires;
}

/// A dozen fires in the north-east of a cell and a dozen in its south-west, 10 km apart, on two
/// days.
std::string judged_fires() {
  std::string text = "latitude,longitude,acq_date\n";
  for (char const* day : {"2022-03-05", "2022-03-20"}) {
    for (int k = 0; k < 12; ++k) {
      text += fmt::format("48.24{:02},38.0401,{}\n48.16{:02},37.9601,{}\n", k, day, k, day);
    }
  }
  return text;
}

/// The probabilities of the incidents, from the least.
std::vector<double> judged(std::vector<watch::ThermalExclusion> const& exclusions) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), {});
  IngestOptions options;
  options.name = "fires.csv";
  options.author = monitor_on_shift;
  Ingest ingest{*desk.value(), options};
  EXPECT_TRUE(ingest.feed(judged_fires()).ok());
  EXPECT_TRUE(ingest.finish().ok());
  auto const earlier = earlier_fires();
  auto const changed = judge_heat(temporary.store(),
                                  {.earlier = earlier,
                                   .years = {2019, 2020, 2021},
                                   .exclusions = exclusions,
                                   .days = {date(2022, 3, 1), date(2022, 4, 1)}},
                                  monitor_on_shift());
  std::vector<double> probabilities;
  for (model::Incident const& incident : changed.value()) {
    probabilities.push_back(incident.probability.value_or(-1));
  }
  std::ranges::sort(probabilities);
  return probabilities;
}

TEST(HeatJudgement, ExcludesAFireByItsPlaceAndNotByItsCell) {
  auto const all = judged({});
  ASSERT_EQ(all.size(), 4U) << "two places on two days";
  EXPECT_GT(all.front(), 0.5);
  watch::ThermalExclusion const south_west{.west = model::Degrees{37.95},
                                           .east = model::Degrees{37.97},
                                           .south = model::Degrees{48.15},
                                           .north = model::Degrees{48.17},
                                           .from = date(2022, 1, 1),
                                           .to = date(2022, 12, 31)};
  auto const half = judged({south_west});
  ASSERT_EQ(half.size(), 4U);
  EXPECT_EQ(half[0], 0);
  EXPECT_EQ(half[1], 0);
  EXPECT_GT(half[2], 0.5);
}

}  // namespace
}  // namespace guarantor::monitor
