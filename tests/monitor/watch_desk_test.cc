#include "guarantor/monitor/watch_desk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "guarantor/monitor/watch_records.h"
#include "small_front.h"
#include "temporary_store.h"

namespace guarantor::monitor {
namespace {

using model::EventKind;
using model::Observation;
using store::TemporaryStore;
using Partition = std::set<std::set<std::string>>;

Partition partition(store::Store const& store) {
  auto const records = read_incidents(store, {});
  EXPECT_TRUE(records.ok());
  Partition parts;
  for (model::Incident const& incident : records.value().incidents) {
    std::set<std::string> names;
    for (auto const& id : incident.observations) {
      names.insert(id.text());
    }
    parts.insert(names);
  }
  return parts;
}

/// Takes a stream in, some at a time, closing store and desk now and then.
Partition kept(std::vector<Observation> const& stream, std::size_t batch, std::size_t reopen,
               std::size_t resident) {
  TemporaryStore temporary;
  watch::FusionRules rules;
  rules.resident = resident;
  rules.outlines = resident % 2 == 0 ? rules.outlines : 1;
  std::unique_ptr<WatchDesk> desk;
  for (std::size_t begin = 0, step = 0; begin < stream.size(); begin += batch, ++step) {
    if (step % reopen == 0) {
      desk.reset();
      temporary.close();
      auto opened = WatchDesk::open(temporary.store(), front(), rules);
      EXPECT_TRUE(opened.ok());
      desk = std::move(opened).value();
    }
    std::vector<Observation> const part(
        stream.begin() + static_cast<std::ptrdiff_t>(begin),
        stream.begin() + static_cast<std::ptrdiff_t>(std::min(stream.size(), begin + batch)));
    EXPECT_TRUE(desk->take(part, monitor_on_shift()).ok());
  }
  desk.reset();
  return partition(temporary.store());
}

TEST(WatchDesk, KeepsObservationsAndIncidentsTogether) {
  TemporaryStore temporary;
  auto const before = temporary.store().size().value();
  auto const desk = WatchDesk::open(temporary.store(), front());
  ASSERT_TRUE(desk.ok());
  std::vector<Observation> const given{report("a", 0, 0, 0), report("b", 200, 0, 5)};
  auto const taken = desk.value()->take(given, monitor_on_shift());
  ASSERT_TRUE(taken.ok());
  ASSERT_EQ(taken.value().incidents.size(), 1U);
  model::Incident const& incident = taken.value().incidents.front();
  EXPECT_EQ(incident.sector.text(), "front-03");
  ASSERT_EQ(incident.allegations.size(), 1U);
  EXPECT_EQ(incident.allegations.front().evidence.size(), 2U);
  EXPECT_EQ(taken.value().receipt.end - taken.value().receipt.first, 3U);
  EXPECT_EQ(temporary.store().size().value(), before + 3);
  auto const again = desk.value()->take(given, monitor_on_shift());
  EXPECT_EQ(again.value().repeated, 2U);
  EXPECT_EQ(temporary.store().size().value(), before + 3) << "exact delivery again keeps nothing";
}

TEST(WatchDesk, AnyOrderMemoryAndNumberOfSittingsGiveTheSameIncidents) {
  std::mt19937 draw{20260603};
  std::vector<Observation> stream;
  for (int i = 0; i < 150; ++i) {
    auto const within = [&](int most) {
      return static_cast<int>(draw() % static_cast<unsigned>(most));
    };
    stream.push_back(report(std::to_string(i), within(9000), within(9000), within(300)));
    if (i % 7 == 0) {
      Observation moved = report(std::to_string(i), within(9000), within(9000), within(300));
      moved.reported = kNoon;
      stream.push_back(moved);
    }
    if (i % 11 == 0) {
      stream.push_back(stream.back());
    }
  }
  Partition const answer = kept(stream, stream.size(), 1, 100'000);
  EXPECT_GT(answer.size(), 20U);
  std::ranges::shuffle(stream, draw);
  EXPECT_EQ(kept(stream, 10, 100, 20), answer);
  EXPECT_EQ(kept(stream, 10, 100, 21), answer);
  EXPECT_EQ(kept(stream, 7, 3, 100'000), answer);
}

TEST(WatchDesk, ANoticeThatComesLateExemptsWhatItCovers) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), front());
  std::vector<Observation> const blast{report("a", 0, 0, 0)};
  ASSERT_TRUE(desk.value()->take(blast, monitor_on_shift()).ok());
  EXPECT_TRUE(desk.value()->reassess(monitor_on_shift()).value().empty());
  Observation notice = report("n", 0, 0, -60);
  notice.kind = EventKind::kNotice;
  notice.category = "demining";
  notice.to = kNoon + std::chrono::hours{1};
  notice.precision = model::Metres{3000};
  ASSERT_TRUE(desk.value()->take({{notice}}, monitor_on_shift()).ok());
  auto const changed = desk.value()->reassess(monitor_on_shift());
  ASSERT_TRUE(changed.ok());
  ASSERT_EQ(changed.value().size(), 1U);
  EXPECT_EQ(changed.value().front().cause, model::RevisionCause::kAssessed);
  EXPECT_EQ(changed.value().front().revision, 2);
  EXPECT_EQ(changed.value().front().allegations.front().exempt, model::Exemption::kDemining);
  std::vector<Observation> const more{report("b", 100, 0, 1)};
  auto const taken = desk.value()->take(more, monitor_on_shift());
  EXPECT_EQ(taken.value().incidents.front().revision, 3) << "numbers go on";
}

TEST(WatchDesk, AFounderThatMovesTwiceTakesNoNameThatStands) {
  TemporaryStore temporary;
  auto const sit = [&](std::vector<Observation> const& given) {
    auto const desk = WatchDesk::open(temporary.store(), front());
    ASSERT_TRUE(desk.ok());
    ASSERT_TRUE(desk.value()->take(given, monitor_on_shift()).ok());
  };
  sit({report("f", 0, 0, 0), report("g", 100, 0, 0)});
  for (int move = 1; move <= 3; ++move) {
    Observation moved = report("f", 20'000.0 * move, 0, 0);
    moved.reported = kNoon + std::chrono::minutes{move};
    sit({moved});
    EXPECT_EQ(partition(temporary.store()), (Partition{{"patrol:f"}, {"patrol:g"}})) << move;
  }
  Observation back = report("g", 0, 9000, 0);
  back.reported = kNoon;
  sit({back});
  EXPECT_EQ(partition(temporary.store()).size(), 2U);
}

TEST(WatchDesk, ANoticeCorrectedIntoSomethingElseExemptsNothing) {
  TemporaryStore temporary;
  Observation notice = report("n", 0, 0, -60);
  notice.kind = EventKind::kNotice;
  notice.category = "demining";
  notice.to = kNoon + std::chrono::hours{1};
  auto desk = WatchDesk::open(temporary.store(), front());
  ASSERT_TRUE(desk.value()->take({{notice}}, monitor_on_shift()).ok());
  notice.kind = EventKind::kContact;
  notice.reported = kNoon;
  ASSERT_TRUE(desk.value()->take({{notice}}, monitor_on_shift()).ok());
  for (bool const again : {false, true}) {
    if (again) {
      desk = WatchDesk::open(temporary.store(), front());
    }
    std::vector<Observation> const blast{report(again ? "b" : "a", 0, 0, again ? 1 : 0)};
    auto const taken = desk.value()->take(blast, monitor_on_shift());
    ASSERT_EQ(taken.value().incidents.size(), 1U);
    EXPECT_FALSE(taken.value().incidents.front().allegations.front().exempt);
  }
}

TEST(WatchDesk, DaysAreFoundByTheirMarks) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), front());
  std::vector<Observation> const given{report("a", 0, 0, 0), report("b", 0, 0, 24 * 60)};
  ASSERT_TRUE(desk.value()->take(given, monitor_on_shift()).ok());
  auto const day = std::chrono::floor<std::chrono::days>(kNoon);
  auto const of = [&](int first, int last) {
    return read_watch(temporary.store(),
                      model::Interval<model::Date>{day + std::chrono::days{first},
                                                   day + std::chrono::days{last}})
        .value();
  };
  EXPECT_EQ(of(0, 1).incidents.size(), 1U);
  EXPECT_EQ(of(0, 1).observations.size(), 1U);
  EXPECT_EQ(of(0, 2).incidents.size(), 2U);
  EXPECT_TRUE(of(2, 9).incidents.empty());
}

TEST(WatchDesk, ManyReportsOfOneIncidentComeBackWhole) {
  TemporaryStore temporary;
  std::vector<Observation> stream;
  for (int i = 0; i < 250; ++i) {
    stream.push_back(report(std::to_string(i), i, 0, i / 10));
  }
  {
    auto const desk = WatchDesk::open(temporary.store(), front());
    for (std::size_t i = 0; i < stream.size(); i += 25) {
      ASSERT_TRUE(desk.value()->take(std::span{stream}.subspan(i, 25), monitor_on_shift()).ok());
    }
  }
  auto const records = read_incidents(temporary.store(), {});
  ASSERT_EQ(records.value().incidents.size(), 1U);
  EXPECT_EQ(records.value().incidents.front().observations.size(), 250U);
  auto const desk = WatchDesk::open(temporary.store(), front());
  std::vector<Observation> const late{report("late", 0, 0, 0)};
  auto const taken = desk.value()->take(late, monitor_on_shift());
  ASSERT_EQ(taken.value().incidents.size(), 1U);
  EXPECT_EQ(taken.value().incidents.front().observations.size(), 251U);
}

}  // namespace
}  // namespace guarantor::monitor
