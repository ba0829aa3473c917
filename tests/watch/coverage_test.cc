#include "guarantor/watch/coverage.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "drawn_front.h"
#include "drawn_reports.h"

namespace guarantor::watch {
namespace {

using model::EventKind;

struct Case {
  char const* name;
  char const* sensors;
  char const* records;
  char const* expected;
  std::vector<EventKind> kinds{};
};

void PrintTo(Case const& drawn_case, std::ostream* out) {
  *out << drawn_case.name;
}

Case const kCases[] = {
    {"NobodyAtAll", "", "", R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"ACameraDownAtNight", "cam camera front-01 standing hours=6-20", "", R"(
01 ......##############.... 14 of 24 h; hours 10
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"ACameraForTheNight", "cam camera front-02 standing hours=20-5", "", R"(
01 ........................ 0 of 24 h; nobody 24
02 #####...............#### 9 of 24 h; hours 15
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"ByItsRange", "mast mast at=15,3 range=11 standing", "", R"(
01 ######################## 24 of 24 h
02 ######################## 24 of 24 h
03 ######################## 24 of 24 h
04 ........................ 0 of 24 h; nobody 24
)"},
    {"AnOutageInTheDay", "cam camera front-01 standing hours=6-20", "cam 8:30-10:00 outage nowhere",
     R"(
01 ......##+.##########.... 12.5 of 24 h; hours 10; outage 1.5
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"CloudsHideFromThoseWhoNeedAClearSky", R"(
     cam  camera front-01 standing clear
     mast mast   front-02 standing)",
     "meteo 6:00-18:00 cloud 90 nowhere", R"(
01 ######............###### 12 of 24 h; cloud 12
02 ######################## 24 of 24 h
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"AFewCloudsDoNot", "cam camera front-01 standing clear", R"(
     meteo 6:00-18:00 cloud 49 nowhere
     meteo 20:00-22:00 cloud nowhere)",
     R"(
01 ####################..## 22 of 24 h; cloud 2
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"CloudsOverOneSector", "cam camera front-01 front-02 standing clear",
     "meteo 6:00-18:00 cloud 100 front-02", R"(
01 ######################## 24 of 24 h
02 ######............###### 12 of 24 h; cloud 12
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"ADroneWatchesWhileARecordSaysSo", "uav drone front-01 front-02",
     R"(
     uav 10:00-12:00 watch front-02
     uav 14:00-15:30 watch nowhere)",
     R"(
01 ..............#+........ 1.5 of 24 h; nobody 22.5
02 ..........##..#+........ 3.5 of 24 h; nobody 20.5
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"AJammedDrone", "uav drone front-01 jammable",
     R"(
     uav 10:00-14:00 watch nowhere
     uav 11:00-12:30 jamming nowhere)",
     R"(
01 ..........#.+#.......... 2.5 of 24 h; nobody 20; jamming 1.5
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"JammingThatAnotherReports", R"(
     uav  drone front-01 jammable
     mast mast  front-01 standing hours=11-12)",
     R"(
     uav    10:00-14:00 watch nowhere
     patrol 11:00-13:00 jamming at 5,1)",
     R"(
01 ..........##.#.......... 3 of 24 h; hours 21; jamming 1
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"WhatCannotBeJammedIsNot", "cam camera front-01 standing", "cam 11:00-13:00 jamming front-01",
     R"(
01 ######################## 24 of 24 h
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"APatrolThatIsInNoTable", "", "patrol-7 8:00-16:00 watch front-03", R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........########........ 8 of 24 h; nobody 16
04 ........................ 0 of 24 h; nobody 24
)"},
    {"APatrolAtAPlaceWatchesTheSectorsNearIt", "", "patrol-7 8:00-16:00 watch at 24,-3", R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........########........ 8 of 24 h; nobody 16
04 ........................ 0 of 24 h; nobody 24
)"},
    {"AccessDenied", "", R"(
     patrol-7 8:00-16:00  watch front-03
     patrol-7 10:00-11:00 restriction front-03
     patrol-8 12:00-18:00 restriction front-04)",
     R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........##.#####........ 7 of 24 h; nobody 16; restriction 1
04 ........................ 0 of 24 h; nobody 18; restriction 6
)"},
    {"AnotherPatrolIsNotKeptAwayByIt", "", R"(
     patrol-7 8:00-16:00  watch front-03
     patrol-8 10:00-18:00 restriction front-03)",
     R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........########........ 8 of 24 h; nobody 14; restriction 2
04 ........................ 0 of 24 h; nobody 24
)"},
    {"TwoAtOnceCountOnce", R"(
     cam-1 camera front-01 standing hours=6-12
     cam-2 camera front-01 standing hours=10-16)",
     "", R"(
01 ......##########........ 10 of 24 h; hours 14
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"ARadarSeesNoShots",
     R"(
     radar radar  front-01 standing acts=drone,aircraft
     cam   camera front-01 standing hours=6-20 acts=shot,burst)",
     "",
     R"(
01 ......##############.... 14 of 24 h; hours 10
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)",
     {EventKind::kShot}},
    {"ASatelliteLooksAndIsNotPresent", "eye satellite front-01 standing revisit=6 clear",
     "meteo 5:00-7:00 cloud 80 front-01", R"(
01 ........................ 0 of 24 h, 3 looks; nobody 22; cloud 2
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"ASatelliteOnDemandLooksByRecord", "eye satellite",
     R"(
     eye 9:00-9:10  watch front-04
     eye 21:00-21:10 watch front-04)",
     R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h, 2 looks; nobody 24
)"},
    {"NotBeforeItCameNorAfterItWent", "cam camera front-01 standing from=2026-03-11", "", R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"AWithdrawnRecordIsNone", "", "patrol-7 8:00-16:00 watch front-03 withdrawn", R"(
01 ........................ 0 of 24 h; nobody 24
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 ........................ 0 of 24 h; nobody 24
)"},
    {"AStandingSensorTurnedElsewhere", "cam camera front-01 standing hours=6-20",
     "cam 21:00-22:00 watch front-04", R"(
01 ......##############.... 14 of 24 h; hours 10
02 ........................ 0 of 24 h; nobody 24
03 ........................ 0 of 24 h; nobody 24
04 .....................#.. 1 of 24 h; nobody 23
)"},
};

class CoverageCase : public testing::TestWithParam<Case> {};

TEST_P(CoverageCase, IsAsDrawn) {
  auto const& drawn_case = GetParam();
  auto const records = drawn(drawn_case.records);
  auto const coverage = Coverage::of(drawn_front(drawn_case.sensors), records, drawn_days());
  ASSERT_TRUE(coverage) << coverage.error().message;
  EXPECT_EQ("\n" + picture(coverage.value(), drawn_case.kinds), drawn_case.expected);
}

INSTANTIATE_TEST_SUITE_P(Drawn, CoverageCase, testing::ValuesIn(kCases),
                         [](auto const& drawn_case) { return std::string{drawn_case.param.name}; });

TEST(Coverage, IsExactToTheMicrosecond) {
  auto records = drawn("patrol-7 8:00-16:00 watch front-03");
  records[0].to += std::chrono::microseconds{1};
  auto const coverage = Coverage::of(drawn_front(""), records, drawn_days()).value();
  auto const time = coverage.watched(model::SectorId{"front-03"}, {}, drawn_days());
  EXPECT_EQ(time.watched, std::chrono::hours{8} + std::chrono::microseconds{1});
}

TEST(Coverage, OfTwoVersionsOfARecordTheLaterStands) {
  auto records = drawn("patrol-7 8:00-16:00 watch front-03\npatrol-7 8:00-10:00 watch front-03");
  records[1].id = records[0].id;
  records[1].reported = records[0].from;
  for (int i = 0; i < 2; ++i) {
    auto const coverage = Coverage::of(drawn_front(""), records, drawn_days()).value();
    EXPECT_EQ(coverage.watched(model::SectorId{"front-03"}, {}, drawn_days()).watched,
              std::chrono::hours{2});
    std::swap(records[0], records[1]);
  }
}

TEST(Coverage, ASectorNobodyKnowsIsNotWatched) {
  auto const coverage = Coverage::of(drawn_front("cam camera front-01 standing"), {}, drawn_days());
  auto const time = coverage.value().watched(model::SectorId{"coast-01"}, {}, drawn_days());
  EXPECT_TRUE(time.none());
  EXPECT_EQ(time.whole, std::chrono::hours{24});
}

std::string span_text(int from, int length) {
  auto const at = [](int minute) {
    return std::to_string(minute / 60) + ":" + std::to_string(minute % 60);
  };
  return at(from) + "-" + at(from + length);
}

/// What the rules say about one minute of one sector, asked record by record.
bool watched_then(model::Scenario const& scenario, std::vector<model::Observation> const& records,
                  model::SectorId const& sector, model::Instant minute) {
  auto const says = [&](EventKind kind, std::string const& who) {
    return std::any_of(records.begin(), records.end(), [&](auto const& record) {
      return record.kind == kind && (who.empty() || record.observer == who) &&
             (record.sector.empty() || record.sector == sector) && record.from <= minute &&
             minute < record.to && !(kind == EventKind::kCloud && record.number() < 50);
    });
  };
  for (auto const& sensor : scenario.sensors) {
    auto const& name = sensor.id.text();
    bool const own =
        std::find(sensor.sectors.begin(), sensor.sectors.end(), sector) != sensor.sectors.end();
    auto const hour = std::chrono::floor<std::chrono::hours>(
                          minute - std::chrono::floor<std::chrono::days>(minute))
                          .count();
    bool const in_hours = sensor.from_hour <= sensor.to_hour
                              ? sensor.from_hour <= hour && hour < sensor.to_hour
                              : sensor.from_hour <= hour || hour < sensor.to_hour;
    bool const stands = own && sensor.standing && (sensor.from_hour == sensor.to_hour || in_hours);
    bool const recorded = std::any_of(records.begin(), records.end(), [&](auto const& record) {
      return record.kind == EventKind::kWatch && record.observer == name &&
             (record.sector.empty() ? own : record.sector == sector) && record.from <= minute &&
             minute < record.to;
    });
    bool const lost =
        says(EventKind::kOutage, name) || says(EventKind::kRestriction, name) ||
        (sensor.needs_clear_sky && says(EventKind::kCloud, "")) ||
        (sensor.jammable && std::any_of(records.begin(), records.end(), [&](auto const& record) {
           return record.kind == EventKind::kJamming && record.from <= minute &&
                  minute < record.to &&
                  (record.sector.empty() ? record.observer == name : record.sector == sector);
         }));
    if ((stands || recorded) && !lost) {
      return true;
    }
  }
  return false;
}

RC_GTEST_PROP(Coverage, IsWhatIsFoundMinuteByMinute, ()) {
  auto const digit = [](int size) { return std::to_string(*rc::gen::inRange(1, size + 1)); };
  std::string sensors;
  for (int i = 0; i < 3; ++i) {
    sensors += "s" + std::to_string(i) + " camera front-0" + digit(2);
    for (char const* const word : {" standing", " clear", " jammable"}) {
      sensors += *rc::gen::arbitrary<bool>() ? word : "";
    }
    sensors += " hours=" + digit(24) + "-" + digit(24) + "\n";
  }
  std::string records;
  auto const size = *rc::gen::inRange(0, 10);
  for (int i = 0; i < size; ++i) {
    records += "s" + std::to_string(*rc::gen::inRange(0, 3)) + " " +
               span_text(*rc::gen::inRange(0, 1400), *rc::gen::inRange(0, 300)) + " " +
               *rc::gen::element<std::string>("watch", "outage", "cloud 80", "cloud 20", "jamming",
                                              "restriction") +
               *rc::gen::element<std::string>(" nowhere", " front-01", " front-02") + "\n";
  }
  auto const scenario = drawn_front(sensors);
  auto const said = drawn(records);
  auto const coverage = Coverage::of(scenario, said, drawn_days()).value();
  for (char const* const name : {"front-01", "front-02"}) {
    model::SectorId const sector{name};
    std::chrono::microseconds expected{};
    for (auto minute = drawn_days().from; minute < drawn_days().to;
         minute += std::chrono::minutes{1}) {
      expected += watched_then(scenario, said, sector, minute) ? std::chrono::minutes{1}
                                                               : std::chrono::minutes{0};
    }
    RC_ASSERT(coverage.watched(sector, {}, drawn_days()).watched == expected);
  }
}

}  // namespace
}  // namespace guarantor::watch
