#include "guarantor/watch/incident_fusion.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "memory_archive.h"

namespace guarantor::watch {
namespace {

using model::EventKind;
using model::Observation;
using Partition = std::set<std::set<std::string>>;
using std::chrono::minutes;

model::Instant const kNoon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 5} +
                           std::chrono::hours{12}};

/// A report `east` and `north` metres from a place near Kharkiv, some minutes after noon.
Observation report(std::string const& id, double east, double north, int after,
                   double precision = 50, int lasts = 0) {
  constexpr double kMetresNorth = 111'200;
  constexpr double kMetresEast = 71'500;
  Observation seen;
  seen.id = model::ObservationId{id};
  seen.source = id.substr(0, 1);
  seen.kind = EventKind::kExplosion;
  seen.from = kNoon + minutes{after};
  seen.to = seen.from + minutes{lasts};
  seen.place = model::Position{.longitude = model::Degrees{36.2 + east / kMetresEast},
                               .latitude = model::Degrees{50.0 + north / kMetresNorth}};
  seen.precision = model::Metres{precision};
  return seen;
}

/// West and east of the middle are sectors.
FusionRules rules_with_sectors() {
  FusionRules rules;
  rules.sector_of = [](model::Position place) {
    return model::SectorId{place.longitude.count() < 36.2 ? "west" : "east"};
  };
  return rules;
}

/// What the rules say, tried on every pair.
Partition expected(std::vector<Observation> const& given) {
  FusionRules const rules = rules_with_sectors();
  std::map<model::ObservationId, Observation> standing;
  for (Observation const& next : given) {
    auto const [place, fresh] = standing.emplace(next.id, next);
    if (!fresh && supersedes(next, place->second)) {
      place->second = next;
    }
  }
  std::vector<Observation> reports;
  for (auto const& [id, report] : standing) {
    if (!report.withdrawn) {
      reports.push_back(report);
    }
  }
  std::vector<GatedReport> gates;
  for (Observation const& next : reports) {
    gates.push_back(gated(next, rules));
  }
  std::vector<std::size_t> host(reports.size(), reports.size());
  for (std::size_t v = 0; v < reports.size(); ++v) {
    for (std::size_t p = 0; p < reports.size() && !gates[v].precise; ++p) {
      bool const fits = gates[p].precise && may_confirm(gates[v].what, gates[p].what) &&
                        strangeness(gates[v], gates[p], rules) <= 1;
      if (fits && (host[v] == reports.size() || strangeness(gates[v], gates[p], rules) <
                                                    strangeness(gates[v], gates[host[v]], rules))) {
        host[v] = p;
      }
    }
  }
  std::vector<std::size_t> part(reports.size());
  std::iota(part.begin(), part.end(), 0U);
  auto const join = [&](std::size_t a, std::size_t b) {
    std::size_t const from = part[a];
    std::size_t const to = part[b];
    std::ranges::replace(part, from, to);
  };
  for (std::size_t a = 0; a < reports.size(); ++a) {
    if (host[a] < reports.size()) {
      join(a, host[a]);
    }
    for (std::size_t b = 0; b < a; ++b) {
      bool const cores = host[a] == reports.size() && host[b] == reports.size();
      if (cores && gates[a].precise == gates[b].precise && gates[a].what == gates[b].what &&
          strangeness(gates[a], gates[b], rules) <= 1) {
        join(a, b);
      }
    }
  }
  std::map<std::size_t, std::set<std::string>> sets;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    sets[part[i]].insert(reports[i].id.text());
  }
  Partition partition;
  for (auto const& [number, names] : sets) {
    partition.insert(names);
  }
  return partition;
}

Partition folded(std::vector<Observation> const& given, std::size_t batch = 1,
                 std::size_t resident = 0) {
  MemoryArchive archive;
  FusionRules rules = rules_with_sectors();
  if (resident > 0) {
    // Odd ones forget where what is not at hand is, too.
    rules.resident = resident;
    rules.outlines = resident % 2 == 0 ? rules.outlines : 1;
  }
  IncidentFusion fusion{rules, resident > 0 ? &archive : nullptr};
  for (std::size_t begin = 0; begin < given.size(); begin += batch) {
    std::vector<Observation> const part(
        given.begin() + static_cast<std::ptrdiff_t>(begin),
        given.begin() + static_cast<std::ptrdiff_t>(std::min(given.size(), begin + batch)));
    auto const step = fusion.fold(part);
    EXPECT_TRUE(step.ok());
    archive.keep(step.value(), part);
  }
  return archive.partition();
}

TEST(IncidentFusion, OneShellingOfThreePatrolsIsOneIncident) {
  std::vector<Observation> const given{report("a1", 0, 0, 0), report("b1", 400, 300, 20),
                                       report("c1", 900, 0, 75), report("a2", 0, 0, 240)};
  Partition const answer{{"a1", "b1", "c1"}, {"a2"}};
  EXPECT_EQ(folded(given), answer);
  EXPECT_EQ(expected(given), answer);
}

TEST(IncidentFusion, AnHoursPauseEndsIt) {
  EXPECT_EQ(folded({report("a1", 0, 0, 0), report("a2", 0, 0, 60)}).size(), 1U);
  EXPECT_EQ(folded({report("a1", 0, 0, 0), report("a2", 0, 0, 61)}).size(), 2U);
}

TEST(IncidentFusion, AVagueReportConfirmsTheNearestAndBridgesNothing) {
  std::vector<Observation> const given{report("a1", 0, 0, 0), report("b1", 3500, 0, 0),
                                       report("press", 1000, 0, 0, 4000, 600)};
  EXPECT_EQ(folded(given), (Partition{{"a1", "press"}, {"b1"}}));
}

TEST(IncidentFusion, AReportOfASectorConfirmsWhatIsPlacedInIt) {
  auto const of_sector = [](std::string const& id, char const* sector, int after) {
    Observation seen = report(id, 0, 0, after);
    seen.place.reset();
    seen.sector = model::SectorId{sector};
    return seen;
  };
  std::vector<Observation> const given{report("a1", -3000, 0, 0), report("b1", 3000, 0, 0),
                                       of_sector("c1", "west", 10), of_sector("d1", "west", 50),
                                       of_sector("e1", "east", 200)};
  Partition const answer{{"a1", "c1", "d1"}, {"b1"}, {"e1"}};
  EXPECT_EQ(folded(given), answer);
  EXPECT_EQ(folded({given.rbegin(), given.rend()}), answer);
  EXPECT_EQ(folded(given, 1, 1), answer);
  EXPECT_EQ(expected(given), answer);
  EXPECT_EQ(folded({given[2], given[3]}).size(), 1U) << "without others they are one";
}

TEST(IncidentFusion, DaysOfWhichEachHadSomethingAreNoChain) {
  constexpr int kDay = 24 * 60;
  std::vector<Observation> days;
  for (int day = 0; day < 5; ++day) {
    days.push_back(report("day" + std::to_string(day), 0, 0, day * kDay, 3000, kDay));
    days.back().to -= std::chrono::microseconds{1};
  }
  EXPECT_EQ(folded(days).size(), 5U);
  days.push_back(report("other", 500, 0, kDay, 3000, kDay));
  days.back().to -= std::chrono::microseconds{1};
  EXPECT_EQ(folded(days).size(), 5U) << "another source tells of the second day";
  EXPECT_EQ(folded(days), expected(days));
}

TEST(IncidentFusion, WhatIsTakenBackWithoutAMomentIsTakenBack) {
  Observation const said = [] {
    Observation seen = report("a1", 0, 0, 0);
    seen.reported = seen.from;
    return seen;
  }();
  Observation taken_back = said;
  taken_back.withdrawn = true;
  taken_back.reported.reset();
  EXPECT_TRUE(supersedes(taken_back, said));
  EXPECT_FALSE(supersedes(said, taken_back));
  EXPECT_TRUE(folded({said, taken_back}).empty());
  EXPECT_TRUE(folded({taken_back, said}).empty());
}

TEST(IncidentFusion, TellsWhatIsRepeatedFromWhatIsPassedOver) {
  IncidentFusion fusion{{}};
  Observation const first = report("a1", 0, 0, 0);
  Observation other = first;
  other.count = 1;
  ASSERT_TRUE(fusion.fold(std::vector{first}).ok());
  Observation const& lesser = supersedes(other, first) ? first : other;
  Observation const& greater = supersedes(other, first) ? other : first;
  ASSERT_TRUE(fusion.fold(std::vector{greater}).ok());
  auto const step = fusion.fold(std::vector{greater, lesser});
  EXPECT_TRUE(step.value().taken.empty());
  EXPECT_EQ(step.value().overtaken, 1U);
}

TEST(IncidentFusion, ALateLinkMergesAndTheLargerKeepsItsName) {
  MemoryArchive archive;
  IncidentFusion fusion{FusionRules{}};
  std::vector<Observation> given{report("a1", 0, 0, 0), report("a2", 100, 0, 0),
                                 report("b1", 1800, 0, 0)};
  auto step = fusion.fold(given);
  archive.keep(step.value(), given);
  ASSERT_EQ(step.value().revisions.size(), 2U);
  std::vector<Observation> const link{report("c1", 950, 0, 0)};
  step = fusion.fold(link);
  archive.keep(step.value(), link);
  ASSERT_EQ(step.value().revisions.size(), 2U);
  int absorbed = 0;
  for (auto const& revision : step.value().revisions) {
    if (revision.incident.cause == model::RevisionCause::kAbsorbed) {
      ++absorbed;
      EXPECT_EQ(revision.incident.others.size(), 1U);
    } else {
      EXPECT_EQ(revision.incident.cause, model::RevisionCause::kMerged);
      EXPECT_EQ(revision.incident.observations.size(), 4U);
      EXPECT_EQ(revision.incident.added.size(), 2U);
    }
  }
  EXPECT_EQ(absorbed, 1);
}

TEST(IncidentFusion, AWithdrawnLinkSplitsAndANameComesBackWithItsNextRevision) {
  MemoryArchive archive;
  IncidentFusion fusion{FusionRules{}};
  std::vector<Observation> const given{report("a1", 0, 0, 0), report("a2", 100, 0, 0),
                                       report("b1", 1800, 0, 0)};
  archive.keep(fusion.fold(given).value(), given);
  auto const names = [&] {
    std::map<std::string, std::string> found;
    for (auto const& [id, kept] : archive.kept()) {
      for (auto const& o : kept.reports) {
        found[o.text()] = id.text();
      }
    }
    return found;
  };
  auto const before = names();
  std::vector<Observation> link{report("c1", 950, 0, 0)};
  archive.keep(fusion.fold(link).value(), link);
  link[0].withdrawn = true;
  link[0].reported = kNoon;
  archive.keep(fusion.fold(link).value(), link);
  EXPECT_EQ(names(), before);
  EXPECT_EQ(archive.partition(), (Partition{{"a1", "a2"}, {"b1"}}));
}

TEST(IncidentFusion, ACorrectionOfTheOnlyReportKeepsTheName) {
  MemoryArchive archive;
  IncidentFusion fusion{FusionRules{}};
  std::vector<Observation> given{report("a1", 0, 0, 0)};
  archive.keep(fusion.fold(given).value(), given);
  given[0] = report("a1", 50'000, 0, 0);
  given[0].reported = kNoon;
  auto const step = fusion.fold(given);
  archive.keep(step.value(), given);
  ASSERT_EQ(step.value().revisions.size(), 1U);
  EXPECT_EQ(step.value().revisions[0].incident.cause, model::RevisionCause::kCorrected);
  EXPECT_EQ(step.value().revisions[0].incident.revision, 2);
}

TEST(IncidentFusion, ExactRedeliveryDoesNothing) {
  IncidentFusion fusion{FusionRules{}};
  std::vector<Observation> const given{report("a1", 0, 0, 0), report("b1", 200, 0, 0)};
  EXPECT_EQ(fusion.fold(given).value().taken.size(), 2U);
  auto const again = fusion.fold(given);
  EXPECT_TRUE(again.value().taken.empty());
  EXPECT_TRUE(again.value().revisions.empty());
}

/// A few hours of reports over some square kilometres, some vague, some in several versions.
std::vector<Observation> drawn_stream(std::mt19937& draw, std::size_t size) {
  auto const within = [&](int low, int high) {
    return std::uniform_int_distribution<int>{low, high}(draw);
  };
  std::vector<Observation> stream;
  for (std::size_t i = 0; i < size; ++i) {
    bool const vague = within(0, 4) == 0;
    std::string const id = std::string{static_cast<char>('a' + within(0, 3))} + std::to_string(i);
    Observation next = report(id, within(-6000, 6000), within(-6000, 6000), within(0, 400),
                              vague ? within(1000, 7000) : within(10, 900),
                              vague ? within(0, 1500) : within(0, 60));
    int const kind = within(0, 9);
    next.kind = kind == 0   ? EventKind::kAnomaly
                : kind == 1 ? EventKind::kDrone
                : kind == 2 ? EventKind::kStrike
                            : EventKind::kExplosion;
    if (within(0, 5) == 0) {
      next.place.reset();
      next.sector = model::SectorId{within(0, 1) == 0 ? "west" : "east"};
    }
    stream.push_back(next);
    if (within(0, 5) == 0) {
      Observation other = report(id, within(-6000, 6000), within(-6000, 6000), within(0, 400));
      other.kind = next.kind;
      other.reported = kNoon + minutes{within(0, 3)};
      other.withdrawn = within(0, 3) == 0;
      stream.push_back(other);
    }
    if (within(0, 5) == 0) {
      stream.push_back(next);
    }
  }
  return stream;
}

TEST(IncidentFusion, AnyOrderAnyBatchAndAnyMemoryGiveTheSameIncidents) {
  rc::check([] {
    std::mt19937 draw{*rc::gen::arbitrary<std::uint32_t>()};
    std::vector<Observation> stream = drawn_stream(draw, *rc::gen::inRange<std::size_t>(1, 60));
    Partition const answer = expected(stream);
    RC_ASSERT(folded(stream) == answer);
    std::shuffle(stream.begin(), stream.end(), draw);
    RC_ASSERT(folded(stream, 7) == answer);
    RC_ASSERT(folded(stream, 3, 5) == answer);
    RC_ASSERT(folded(stream, 1, 1) == answer);
    RC_ASSERT(folded(stream, 3, 4) == answer);
  });
}

}  // namespace
}  // namespace guarantor::watch
