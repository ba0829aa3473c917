#include "guarantor/monitor/reassessment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "guarantor/monitor/store_archive.h"
#include "guarantor/monitor/watch_desk.h"
#include "guarantor/monitor/watch_records.h"
#include "small_front.h"
#include "temporary_store.h"

namespace guarantor::monitor {
namespace {

using model::Observation;
using store::TemporaryStore;
/// By incident, what is said against it.
using Said = std::map<std::string, std::string>;

std::string in_words(std::vector<model::Allegation> const& said) {
  std::string text;
  for (model::Allegation const& allegation : said) {
    text += fmt::format("{} {} {}; ", allegation.clause.text(), allegation.counted,
                        allegation.evidence.size());
  }
  return text;
}

/// More than `threshold` explosions in `hours` breach the clause.
model::Scenario front_with_threshold(std::int64_t threshold, double hours) {
  model::Scenario scenario = front();
  scenario.clauses.front().threshold = threshold;
  scenario.clauses.front().window = model::Hours{hours};
  return scenario;
}

Observation shelling(std::string const& id, double north, int minutes, int count) {
  Observation seen = report(id, 0, north, minutes);
  seen.count = count;
  return seen;
}

Said kept_allegations(store::Store const& store) {
  Said said;
  auto const records = read_incidents(store, {});
  for (model::Incident const& incident : records.value().incidents) {
    said[incident.id.text()] = in_words(incident.allegations);
  }
  return said;
}

/// Every incident of a store tested beside every other.
Said tested_together(store::Store const& store, model::Scenario const& scenario) {
  auto const records = read_incidents(store, {});
  StoreArchive archive{store};
  std::map<model::ObservationId, Observation> reports;
  std::vector<watch::ReportedIncident> reported;
  for (model::Incident const& incident : records.value().incidents) {
    reported.push_back({.incident = &incident, .reports = {}});
    for (auto const& id : incident.observations) {
      reported.back().reports.push_back(
          &reports.insert_or_assign(id, *archive.observation(id).value()).first->second);
    }
  }
  auto const assessment = watch::Assessment::from(scenario);
  auto const found = assessment.value().test_all(reported, {});
  Said said;
  for (std::size_t i = 0; i < reported.size(); ++i) {
    said[reported[i].incident->id.text()] = in_words(found[i]);
  }
  return said;
}

TEST(Reassessment, CountsWhatLiesBeforeTheDaysItLooksAt) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), front_with_threshold(30, 24));
  auto const taken_and_judged = [&](Observation const& seen) {
    EXPECT_TRUE(desk.value()->take({{seen}}, monitor_on_shift()).ok());
    auto const changed = desk.value()->reassess(monitor_on_shift());
    EXPECT_TRUE(changed.ok());
    return changed.value().size();
  };
  constexpr int kHour = 60;
  EXPECT_EQ(taken_and_judged(shelling("a", 0, 0, 20)), 0U);
  EXPECT_EQ(taken_and_judged(shelling("b", 30'000, 20 * kHour, 20)), 1U) << "40 within a day";
  // A day after the second, whose first is on no day that is looked at for the third's sake.
  EXPECT_EQ(taken_and_judged(shelling("c", -30'000, 43 * kHour, 1)), 0U);
  EXPECT_EQ(kept_allegations(temporary.store()),
            tested_together(temporary.store(), front_with_threshold(30, 24)));
}

TEST(Reassessment, SomeDaysAtATimeSayWhatAllOfThemSayTogether) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::mt19937 draw{seed};
    auto const within = [&](int most) {
      return static_cast<int>(draw() % static_cast<unsigned>(most));
    };
    auto const scenario =
        seed % 2 == 0 ? front_with_threshold(20, 24) : front_with_threshold(100, 110);
    std::vector<Observation> stream;
    for (int i = 0; i < 120; ++i) {
      std::string const id = std::to_string(i);
      stream.push_back(shelling(id, within(90'000) - 45'000, within(60 * 24 * 40), 1 + within(12)));
      if (i % 9 == 0) {
        // Corrected: it was on another day.
        stream.push_back(shelling(id, within(90'000) - 45'000, within(60 * 24 * 40), 5));
        stream.back().reported = kNoon;
      }
    }
    TemporaryStore temporary;
    auto const desk = WatchDesk::open(temporary.store(), scenario);
    std::size_t const batch = seed < 3 ? stream.size() : 1 + draw() % 30;
    for (std::size_t begin = 0; begin < stream.size(); begin += batch) {
      std::size_t const size = std::min(batch, stream.size() - begin);
      ASSERT_TRUE(
          desk.value()->take(std::span{stream}.subspan(begin, size), monitor_on_shift()).ok());
      ASSERT_TRUE(desk.value()->reassess(monitor_on_shift()).ok());
    }
    auto const said = kept_allegations(temporary.store());
    EXPECT_EQ(said, tested_together(temporary.store(), scenario)) << seed;
    auto const alleged =
        std::ranges::count_if(said, [](auto const& s) { return !s.second.empty(); });
    EXPECT_GT(alleged, 5) << "drawn so that some are alleged";
    EXPECT_LT(alleged, static_cast<std::ptrdiff_t>(said.size()) - 5) << "and some are not";
  }
}

/// Exercises of an hour about the middle of the front.
Observation notice() {
  Observation announced = report("n", 0, 0, -60);
  announced.kind = model::EventKind::kNotice;
  announced.category = "demining";
  announced.to = kNoon + std::chrono::hours{1};
  announced.precision = model::Metres{3000};
  return announced;
}

TEST(Reassessment, IsMadeUpForAfterADeskDiedBeforeIt) {
  for (bool const delivered_again : {false, true}) {
    TemporaryStore temporary;
    auto desk = WatchDesk::open(temporary.store(), front());
    ASSERT_TRUE(desk.value()->take({{report("a", 0, 0, 0)}}, monitor_on_shift()).ok());
    ASSERT_TRUE(desk.value()->take({{notice()}}, monitor_on_shift()).ok());
    desk = WatchDesk::open(temporary.store(), front());
    if (delivered_again) {
      ASSERT_TRUE(desk.value()->reassess(monitor_on_shift()).ok());
      ASSERT_EQ(desk.value()->take({{notice()}}, monitor_on_shift()).value().repeated, 1U);
      EXPECT_TRUE(desk.value()->reassess(monitor_on_shift()).value().empty());
    } else {
      EXPECT_EQ(desk.value()->reassess(monitor_on_shift()).value().size(), 1U);
    }
  }
}

TEST(Reassessment, WhatStoodOfAThresholdStandsForTheNextDesk) {
  TemporaryStore temporary;
  auto desk = WatchDesk::open(temporary.store(), front_with_threshold(5, 24));
  ASSERT_TRUE(desk.value()->take({{shelling("a", 0, 0, 10)}}, monitor_on_shift()).ok());
  ASSERT_EQ(desk.value()->reassess(monitor_on_shift()).value().size(), 1U);
  desk = WatchDesk::open(temporary.store(), front_with_threshold(5, 24));
  auto const taken = desk.value()->take({{shelling("b", 50, 1, 10)}}, monitor_on_shift());
  ASSERT_EQ(taken.value().incidents.size(), 1U);
  EXPECT_EQ(taken.value().incidents.front().allegations.size(), 1U);
}

TEST(Reassessment, ChangedClausesReachWhatWasAssessedBefore) {
  TemporaryStore temporary;
  auto desk = WatchDesk::open(temporary.store(), front());
  ASSERT_TRUE(desk.value()->take({{report("a", 0, 0, 0)}}, monitor_on_shift()).ok());
  auto scenario = front();
  scenario.positions.front().standing = model::Standing::kSuspended;
  desk = WatchDesk::open(temporary.store(), scenario);
  desk.value()->assess_again({kNoon - std::chrono::hours{48}, kNoon + std::chrono::hours{48}});
  auto const changed = desk.value()->reassess(monitor_on_shift());
  ASSERT_EQ(changed.value().size(), 1U);
  EXPECT_TRUE(changed.value().front().allegations.empty());
}

/// What a desk has due, tested beside it.
std::vector<JudgedIncident> tested(store::Store const& store, WatchDesk& desk) {
  auto const due = desk.take_due();
  std::vector<JudgedIncident> judged;
  if (due) {
    Reassessment assessment{store, desk.assessment(), due->notices, due->changed};
    while (!assessment.finished()) {
      auto next = assessment.next();
      std::ranges::move(next.value(), std::back_inserter(judged));
    }
  }
  return judged;
}

TEST(Reassessment, BesideTheDeskSaysTheSameAndComesAgainForWhatWasRevisedMeanwhile) {
  for (bool const meanwhile : {false, true}) {
    TemporaryStore temporary;
    auto const desk = WatchDesk::open(temporary.store(), front_with_threshold(5, 24));
    ASSERT_TRUE(desk.value()->take({{shelling("a", 0, 0, 10)}}, monitor_on_shift()).ok());
    auto const judged = tested(temporary.store(), *desk.value());
    if (meanwhile) {
      ASSERT_TRUE(desk.value()->take({{shelling("b", 50, 1, 10)}}, monitor_on_shift()).ok());
    }
    auto const kept = desk.value()->keep(judged, monitor_on_shift());
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept.value().size(), meanwhile ? 0U : 1U);
    auto const again = desk.value()->reassess(monitor_on_shift());
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again.value().size(), meanwhile ? 1U : 0U);
    EXPECT_FALSE(desk.value()->take_due().has_value());
  }
}

}  // namespace
}  // namespace guarantor::monitor
