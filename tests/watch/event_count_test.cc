#include "guarantor/watch/event_count.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "drawn_reports.h"

namespace guarantor::watch {
namespace {

using model::Observation;

struct Case {
  char const* name;
  char const* reports;
  char const* expected;
};

void PrintTo(Case const& drawn_case, std::ostream* out) {
  *out << drawn_case.name;
}

constexpr Case kCases[] = {
    {"NothingIsNothing", "", "nothing"},
    {"OneReportWithoutANumberIsOne", "A 10:00 impact", "1 explosion; 1 event"},
    {"ThirtyDischargesInAnHourAreThirty", "cam 10:00-11:00 30 outgoing", "30 explosions; 1 event"},
    {"ThirtyReportsOfOneObserverAddUp", R"(
     A 10:00 10 shot
     A 10:00 10 shot
     A 10:40 10 shot)",
     "30 shots; 3 events"},
    {"SeenByThreePatrols", R"(
     A 10:00-10:01 1 impact
     B 10:00-10:02 1 impact
     C 10:01-10:03 1 impact)",
     "1 explosion; 1 event"},
    {"ThreePatrolsOfWhichNoPairIsEnough", R"(
     A 10:00-10:05 1 impact
     B 10:04-10:09 1 impact
     C 10:08-10:13 1 impact)",
     "1 explosion; 1 event"},
    {"CameraAndPatrol", R"(
     cam 10:00:07 2 impact
     A   10:00-10:01 1 undetermined)",
     "2 explosions; 1 event"},
    {"TheGreaterNumberStands", R"(
     A 10:00-10:10 5 shot
     B 10:05-10:15 9 shot)",
     "9 shots; 1 event"},
    {"ALongReportOverSingleOnes", R"(
     A 10:00       1
     A 10:20       1
     B 10:00-10:30 2)",
     "2 explosions; 2 events"},
    {"ALongReportOfMoreThanTheSingleOnes", R"(
     A 10:00       1
     A 10:20       1
     B 10:00-10:30 5)",
     "5 explosions; 2 events"},
    {"ALongReportOfLess", R"(
     A 10:00       4
     A 10:20       3
     B 10:00-10:30 2)",
     "7 explosions; 2 events"},
    {"ALongReportDoesNotMakeOneOfWhatTwoCamerasTellApart", R"(
     cam-1 10:00       100
     cam-2 12:00       80
     press 09:00-14:00 10)",
     "180 explosions; 2 events"},
    {"ALongReportMayRaiseTheSumOfWhatItCovers", R"(
     cam-1 10:00       100
     cam-2 12:00       80
     press 09:00-14:00 200)",
     "200 explosions; 2 events"},
    {"ReportsThatTouchAtAnEndAreOne", R"(
     A 10:00-10:05 1
     B 10:05-10:06 1)",
     "1 explosion; 1 event"},
    {"ASecondLaterTheyAreTwo", R"(
     A 10:00-10:05 1
     B 10:05:01-10:06 1)",
     "2 explosions; 2 events"},
    {"AnHoursPauseIsTwo", R"(
     A 10:00-10:10 6 outgoing
     B 11:10-11:20 6 outgoing)",
     "12 explosions; 2 events"},
    {"OverMidnight", R"(
     A 23:50-1T0:10 3 burst
     B 1T0:05       2 burst)",
     "3 bursts; 1 event"},
    {"OutgoingAndImpactAreTwo", R"(
     A 10:00 1 outgoing
     B 10:00 1 impact)",
     "2 explosions; 2 events"},
    {"OutgoingAndImpactOfOneObserverAreTwo", R"(
     A 10:00 1 outgoing
     A 10:00 1 impact)",
     "2 explosions; 2 events"},
    {"ImpactAndAirburstAreTwo", R"(
     A 10:00 1 airburst
     B 10:00 1 impact)",
     "2 explosions; 2 events"},
    {"AnUndeterminedOneMayBeAny", R"(
     A 10:00 1 undetermined
     B 10:00 1 outgoing)",
     "1 explosion; 1 event"},
    {"AnUndeterminedOneMakesNoOneOfTwo", R"(
     A 10:00 1 outgoing
     B 10:00 1 impact
     C 10:00 1 undetermined)",
     "2 explosions; 2 events"},
    {"NorDoesItWhereItIsTheMostExact", R"(
     A 10:00-10:05 1 outgoing
     B 10:00-10:06 1 impact
     C 10:00       1 undetermined)",
     "2 explosions; 2 events"},
    {"BlastsByTheMostOfEach", R"(
     A 10:00-10:30 4 outgoing
     A 10:00-10:30 1 impact
     B 10:00-10:30 1 outgoing
     B 10:00-10:30 3 impact
     C 10:00-10:30 5 undetermined)",
     "7 explosions; 2 events"},
    {"ABurstIsNoExplosion", R"(
     A 10:00 1 burst
     B 10:00 1 impact
     C 10:00 1 shot)",
     "1 explosion, 1 burst, 1 shot; 3 events"},
    {"FarApartIsTwo", R"(
     A 10:00 1 at 0,0
     B 10:00 1 at 5,0)",
     "2 explosions; 2 events"},
    {"WithinTheirPrecisionIsOne", R"(
     A 10:00 1 at 0,0 ±1500
     B 10:00 1 at 0,2 ±400)",
     "1 explosion; 1 event"},
    {"JustBeyondTheirPrecisionIsTwo", R"(
     A 10:00 1 at 0,0    ±1500
     B 10:00 1 at 0,2.2  ±400)",
     "2 explosions; 2 events"},
    {"WithinTheTolerance", R"(
     A 10:00 1 at 0,0   ±0
     B 10:00 1 at 0.2,0 ±0)",
     "1 explosion; 1 event"},
    {"AWideReportBetweenTwoPlaces", R"(
     cam-1 10:00 1 at 0,0 ±50
     cam-2 10:00 1 at 2,0 ±50
     A     10:00 1 at 1,0 ±900)",
     "2 explosions; 2 events"},
    {"WithoutAPlaceItMayBeTheSame", R"(
     A 10:00 1 at 0,0
     B 10:00 1 nowhere)",
     "1 explosion; 1 event"},
    {"ALiveFireExerciseIsInsideTheTotal", R"(
     A 10:00 40 outgoing live
     A 12:00 2  impact)",
     "42 explosions, live 40 explosions; 2 events"},
    {"LiveFireThatASecondPatrolDidNotAssess", R"(
     A 10:00-10:30 20 shot live
     B 10:00-10:30 20 shot)",
     "20 shots, live 20 shots; 1 event"},
    {"LiveFireOfThoseWhoDoNotCarryTheNumber", R"(
     A 10:00-10:30 3 shot live
     B 10:00-10:30 9 shot)",
     "9 shots; 1 event"},
    {"PartLiveFire", R"(
     A 10:00-10:30 3 burst live
     A 10:00-10:30 2 burst
     B 10:00-10:30 1 burst)",
     "5 bursts, live 3 bursts; 2 events"},
    {"WithdrawnCountsNothing", R"(
     A 10:00 9 impact withdrawn
     B 10:00 1 impact)",
     "1 explosion; 1 event"},
    {"AllWithdrawnIsNothing", "A 10:00 9 impact withdrawn", "nothing"},
    {"AWithdrawnReportJoinsNothing", R"(
     A 10:00-10:05 1
     B 10:04-10:09 1 withdrawn
     C 10:08-10:13 1)",
     "2 explosions; 2 events"},
    {"AVagueReportConfirms", R"(
     cam   10:00       3
     press 00:00-1T0:00 50)",
     "3 explosions; 1 event"},
    {"AVaguePlaceConfirms", R"(
     cam   10:00       3 at 0,0
     press 10:00       1 at 4,0 ±2001)",
     "3 explosions; 1 event"},
    {"OnlyVagueReportsCount", R"(
     press  00:00-1T0:00 50
     agency 06:00-20:00  20)",
     "50 explosions; 1 event"},
    {"SixHoursAreNotVague", R"(
     cam 10:00       3
     A   08:00-14:00 5)",
     "5 explosions; 1 event"},
    {"VagueOfAnotherKindCounts", R"(
     cam   10:00       3 impact
     press 00:00-1T0:00 7 shot)",
     "3 explosions, 7 shots; 2 events"},
    {"ADroneSeenByThreeIsOneEvent", R"(
     A   10:00-10:04 drone
     B   10:03-10:05 drone
     cam 10:04       drone)",
     "1 event"},
    {"ThreeDronesOverheadAreOneEvent", "A 10:00 3 drone", "1 event"},
    {"AStrikeIsAnEventAndNoMunition", R"(
     A 10:00 strike
     B 10:00 strike
     A 10:00 1 impact)",
     "1 explosion; 2 events"},
    {"TheMonitorsOwnWorkIsNoEvent", R"(
     A 10:00-18:00 watch
     B 10:00 cloud 80
     B 10:00 contact)",
     "nothing"},
    {"AccessDeniedIsAnEvent", "A 10:00 restriction", "1 event"},
    {"NoneHeardIsNone", R"(
     A 10:00 0 shot
     B 10:00 -4 shot)",
     "1 event"},
};

class EventCountCase : public testing::TestWithParam<Case> {};

TEST_P(EventCountCase, CountsEachEventOnceInAnyOrder) {
  auto reports = drawn(GetParam().reports);
  EXPECT_EQ(text(count(reports)), GetParam().expected);
  std::mt19937 random{1};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same every time
  for (int i = 0; i < 24; ++i) {
    std::shuffle(reports.begin(), reports.end(), random);
    EXPECT_EQ(text(count(reports)), GetParam().expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Drawn, EventCountCase, testing::ValuesIn(kCases),
                         [](auto const& drawn_case) { return std::string{drawn_case.param.name}; });

TEST(EventCount, OfTwoVersionsTheLaterCounts) {
  auto reports = drawn("A 10:00 1 impact\nA 10:00 4 impact\nA 10:00 2 impact");
  for (auto& report : reports) {
    report.id = model::ObservationId{"patrol:1"};
    report.reported = report.from + std::chrono::hours{report.number()};
  }
  EXPECT_EQ(text(count(reports)), "4 explosions; 1 event");
  reports[1].withdrawn = true;
  EXPECT_EQ(text(count(reports)), "nothing");
}

TEST(EventCount, HugeNumbersDoNotOverflow) {
  auto reports = drawn("A 10:00 9000000000000000000\nA 10:00 9000000000000000000");
  EXPECT_EQ(count(reports).munitions.explosions, 2'000'000'000'000);
}

/// Reports close enough together in time, place and kind to be joined in every way.
std::vector<Observation> any_reports(std::vector<std::string> const& observers) {
  auto const size = *rc::gen::inRange(0, 9);
  std::vector<Observation> reports;
  for (int i = 0; i < size; ++i) {
    auto report = drawn("A 10:00 1").front();
    report.id = model::ObservationId{"any:" + std::to_string(i)};
    report.observer = *rc::gen::elementOf(observers);
    report.from += std::chrono::minutes{*rc::gen::inRange(0, 40)};
    report.to = report.from + std::chrono::minutes{*rc::gen::inRange(0, 15)};
    report.place =
        drawn("A 10:00 at " + std::to_string(*rc::gen::inRange(0, 3)) + ",0").front().place;
    report.precision = model::Metres{*rc::gen::element(50.0, 300.0, 900.0)};
    report.count = *rc::gen::inRange(1, 5);
    report.kind = *rc::gen::element(model::EventKind::kExplosion, model::EventKind::kBurst);
    report.live_fire = *rc::gen::arbitrary<bool>();
    if (report.kind == model::EventKind::kExplosion) {
      report.blast = *rc::gen::element(model::BlastKind::kOutgoing, model::BlastKind::kImpact,
                                       model::BlastKind::kUndetermined);
    }
    reports.push_back(report);
  }
  return reports;
}

std::vector<Observation const*> reports_of(std::vector<Observation> const& reports) {
  std::vector<Observation const*> pointers;
  for (auto const& report : reports) {
    pointers.push_back(&report);
  }
  return pointers;
}

std::int64_t sum_of(std::vector<Observation> const& reports) {
  return std::accumulate(
      reports.begin(), reports.end(), std::int64_t{0},
      [](std::int64_t sum, Observation const& report) { return sum + report.number(); });
}

RC_GTEST_PROP(EventCount, OrderDoesNotMatter, ()) {
  auto reports = any_reports({"A", "B", "C"});
  auto const expected = count(reports);
  std::mt19937 random{*rc::gen::arbitrary<unsigned>()};
  std::shuffle(reports.begin(), reports.end(), random);
  RC_ASSERT(count(reports) == expected);
}

RC_GTEST_PROP(EventCount, IsNeverLessThanOneObserverSaysNorMoreThanAllTogether, ()) {
  auto const reports = any_reports({"A", "B", "C", "D"});
  auto const whole = count(reports);
  RC_ASSERT(whole.munitions.all() <= sum_of(reports));
  RC_ASSERT(whole.events <= static_cast<std::int64_t>(reports.size()));
  RC_ASSERT(whole.live_fire.explosions <= whole.munitions.explosions);
  RC_ASSERT(whole.live_fire.bursts <= whole.munitions.bursts);
  std::map<std::string, std::vector<Observation>> by_observer;
  for (auto const& report : reports) {
    by_observer[report.observer].push_back(report);
  }
  for (auto const& [observer, own] : by_observer) {
    RC_ASSERT(whole.munitions.all() >= sum_of(own));
    RC_ASSERT(whole.events >= static_cast<std::int64_t>(own.size()));
  }
}

RC_GTEST_PROP(EventCount, ASecondObserverOfTheSameEventsNeitherLowersNorDoubles, ()) {
  auto reports = any_reports({"A"});
  auto const alone = count(reports);
  auto const size = reports.size();
  for (std::size_t i = 0; i < size; ++i) {
    auto second = reports[i];
    second.id = model::ObservationId{"second:" + std::to_string(i)};
    second.observer = "B";
    second.precision += model::Metres{*rc::gen::element(0.0, 40.0)};
    second.to += std::chrono::seconds{*rc::gen::inRange(0, 50)};
    reports.push_back(second);
  }
  auto const both = count(reports);
  RC_ASSERT(both.munitions == alone.munitions);
  RC_ASSERT(both.events == alone.events);
}

RC_GTEST_PROP(EventCount, WhatALessExactReportOfAnotherConfirmsIsNeverLowered, ()) {
  auto reports = any_reports({"A", "B", "C"});
  auto const before = count(reports);
  auto wide = drawn("D 9:30-11:30 1 at 1,0 ±1900").front();
  wide.id = model::ObservationId{"wide:1"};
  wide.count = *rc::gen::inRange(1, 60);
  wide.kind = *rc::gen::element(model::EventKind::kExplosion, model::EventKind::kBurst);
  reports.push_back(wide);
  auto const after = count(reports);
  auto const of = [&](EventCount const& c) {
    return wide.kind == model::EventKind::kBurst ? c.munitions.bursts : c.munitions.explosions;
  };
  RC_ASSERT(of(after) == std::max(of(before), wide.number()));
}

RC_GTEST_PROP(EventCount, DaysAddUpAndNoneIsNegative, ()) {
  auto reports = any_reports({"A", "B", "C"});
  for (auto& report : reports) {
    report.from += std::chrono::minutes{(13 * 60) + 45};
    report.to +=
        std::chrono::minutes{(13 * 60) + 45} + std::chrono::hours{*rc::gen::element(0, 0, 0, 7)};
  }
  EventCount sum;
  for (auto const& [day, number] : count_events_by_day(reports_of(reports))) {
    RC_ASSERT(number.munitions.explosions >= 0 && number.munitions.bursts >= 0);
    RC_ASSERT(number.live_fire.explosions <= number.munitions.explosions);
    RC_ASSERT(number.events >= 0);
    sum.munitions.explosions += number.munitions.explosions;
    sum.munitions.bursts += number.munitions.bursts;
    sum.events += number.events;
  }
  auto const whole = count(reports);
  RC_ASSERT(sum.munitions == whole.munitions);
  RC_ASSERT(sum.events == whole.events);
}

/// The rule written down again where all reports are equally exact in one place and of one kind, a
/// minute each: groups that touch, the greatest sum of one observer.
RC_GTEST_PROP(EventCount, OfEquallyExactReportsItIsTheGreatestSumOfEachGroup, ()) {
  auto const size = *rc::gen::inRange<std::size_t>(0, 10);
  std::vector<Observation> reports;
  for (std::size_t i = 0; i < size; ++i) {
    auto report = drawn("A 10:00-10:01 shot").front();
    report.id = model::ObservationId{"any:" + std::to_string(i)};
    report.observer = *rc::gen::element<std::string>("A", "B", "C");
    auto const later = std::chrono::minutes{2 * *rc::gen::inRange(0, 6)};
    report.from += later;
    report.to += later;
    report.count = *rc::gen::inRange(1, 5);
    reports.push_back(report);
  }
  std::map<model::Instant, std::map<std::string, std::int64_t>> groups;
  for (auto const& report : reports) {
    groups[report.from][report.observer] += report.number();
  }
  std::int64_t expected = 0;
  for (auto const& [from, sums] : groups) {
    std::int64_t most = 0;
    for (auto const& [observer, sum] : sums) {
      most = std::max(most, sum);
    }
    expected += most;
  }
  RC_ASSERT(count(reports).munitions.shots == expected);
}

}  // namespace
}  // namespace guarantor::watch
