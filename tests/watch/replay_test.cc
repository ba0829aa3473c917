#include "guarantor/watch/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/watch/assessment.h"
#include "guarantor/watch/incident_fusion.h"
#include "guarantor/watch/replay_score.h"

namespace guarantor::watch {
namespace {

using model::EventKind;
using model::Observation;

model::Scenario const& exercise() {
  static model::Scenario const scenario = [] {
    auto loaded = tables::load("scenarios/exercise");
    return loaded.scenario ? std::move(*loaded.scenario) : model::Scenario{};
  }();
  return scenario;
}

Replay played(std::uint64_t seed, int days = 40) {
  auto made = replay(exercise(), {.seed = seed, .days = days});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return made.ok() ? std::move(made).value() : Replay{};
}

/// The incidents of a stream as they stand in the end, assessed, in order of their reports.
std::vector<model::Incident> found(std::vector<Observation> const& stream, std::size_t batch) {
  IncidentFusion fusion{FusionRules{}};
  std::map<model::IncidentId, model::Incident> incidents;
  std::map<model::ObservationId, Observation> standing;
  for (std::size_t begin = 0; begin < stream.size(); begin += batch) {
    auto const size = std::min(batch, stream.size() - begin);
    auto const step = fusion.fold(std::span{stream}.subspan(begin, size));
    EXPECT_TRUE(step.ok());
    for (std::size_t const taken : step.value().taken) {
      standing[stream[begin + taken].id] = stream[begin + taken];
    }
    for (IncidentRevision const& revision : step.value().revisions) {
      incidents[revision.incident.id] = revision.incident;
    }
  }
  std::vector<model::Incident> list;
  for (auto& [id, incident] : incidents) {
    if (!incident.observations.empty()) {
      list.push_back(std::move(incident));
    }
  }
  std::ranges::sort(list, {}, [](model::Incident const& i) { return i.observations; });
  std::vector<Observation> notices;
  for (auto const& [id, report] : standing) {
    if (report.kind == EventKind::kNotice && !report.withdrawn) {
      notices.push_back(report);
    }
  }
  std::vector<ReportedIncident> reported;
  for (model::Incident const& incident : list) {
    reported.push_back({&incident, {}});
    for (auto const& id : incident.observations) {
      reported.back().reports.push_back(&standing.at(id));
    }
  }
  auto const assessment = Assessment::from(exercise());
  EXPECT_TRUE(assessment.ok());
  auto said = assessment.value().test_all(reported, notices);
  for (std::size_t i = 0; i < list.size(); ++i) {
    list[i].allegations = std::move(said[i]);
  }
  return list;
}

/// What must not depend on how the stream came in: everything but names and revisions.
std::vector<std::string> content(std::vector<model::Incident> const& incidents) {
  std::vector<std::string> lines;
  for (model::Incident const& incident : incidents) {
    std::string line{model::text(incident.kind)};
    line += " " + std::to_string(incident.munitions.all()) + " " + model::print(incident.from) +
            " " + model::print(incident.to);
    for (auto const& id : incident.observations) {
      line += " " + id.text();
    }
    for (model::Allegation const& allegation : incident.allegations) {
      line += " " + allegation.clause.text() + (allegation.exempt ? " exempt" : "") + " " +
              std::to_string(allegation.counted);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

void shuffle(std::vector<Observation>& stream, std::uint64_t seed) {
  model::RandomStream draw{seed, "shuffle"};
  for (std::size_t i = stream.size(); i > 1; --i) {
    std::swap(stream[i - 1], stream[draw.bits() % i]);
  }
}

class ReplayOfTheExercise : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ReplayOfTheExercise, EverythingReportedIsFoundOnceAndNothingElse) {
  Replay const made = played(GetParam());
  ReplayScore const result = score(found(made.stream, 500), made.incidents);
  EXPECT_TRUE(result.perfect()) << print(result);
  EXPECT_GT(result.found, 300U) << print(result);
  EXPECT_GT(result.missed, 30U) << print(result);
  EXPECT_GT(result.allegations, 100U) << print(result);
}
INSTANTIATE_TEST_SUITE_P(Seeds, ReplayOfTheExercise, testing::Range<std::uint64_t>(1, 7));

TEST(Replay, OrderRepetitionAndDelayChangeNothing) {
  Replay const made = played(11, 20);
  auto const sorted = content(found(made.stream, 1000));
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    std::vector<Observation> stream = made.stream;
    // A third is delivered twice.
    for (std::size_t i = seed; i < made.stream.size(); i += 3) {
      stream.push_back(made.stream[i]);
    }
    shuffle(stream, seed);
    EXPECT_EQ(content(found(stream, seed * 77)), sorted);
  }
}

TEST(Replay, TheSameRequestGivesTheSameBytes) {
  Replay const one = played(3, 10);
  Replay const two = played(3, 10);
  EXPECT_EQ(one.stream, two.stream);
  EXPECT_EQ(one.incidents, two.incidents);
  EXPECT_NE(played(4, 10).stream, one.stream);
  EXPECT_EQ(truth_csv(one.incidents), truth_csv(two.incidents));
}

TEST(Replay, EverythingSaysThatItIsSynthetic) {
  for (Observation const& report : played(5, 30).stream) {
    EXPECT_TRUE(report.source.starts_with("synthetic-")) << report.id.text();
    EXPECT_TRUE(report.id.text().starts_with(report.source + ":")) << report.id.text();
    EXPECT_TRUE(report.text.starts_with("SYNTHETIC")) << report.id.text();
    EXPECT_LE(report.from, report.to) << report.id.text();
  }
}

TEST(Replay, TouchesEveryClauseKindAndEveryOutcome) {
  Replay const made = played(1);
  std::set<model::ClauseKind> kinds;
  std::set<ClauseOutcome> outcomes;
  std::set<model::Exemption> exemptions;
  for (InjectedIncident const& incident : made.incidents) {
    for (TouchedClause const& touched : incident.clauses) {
      auto const clause = std::ranges::find(exercise().clauses, touched.clause, &model::Clause::id);
      ASSERT_NE(clause, exercise().clauses.end());
      outcomes.insert(touched.outcome);
      if (touched.outcome == ClauseOutcome::kAlleged) {
        kinds.insert(clause->kind);
      }
      if (touched.exempt) {
        exemptions.insert(*touched.exempt);
      }
    }
  }
  for (std::size_t i = 0; i < model::kWords<model::ClauseKind>.size(); ++i) {
    auto const kind = static_cast<model::ClauseKind>(i);
    // Nothing breaks the beginning and end of an agreement.
    EXPECT_EQ(kinds.contains(kind), kind != model::ClauseKind::kTerm) << model::text(kind);
  }
  EXPECT_EQ(outcomes.size(), 6U);
  EXPECT_EQ(exemptions.size(), 4U);
}

TEST(Replay, HasCorrectionsWithdrawalsRepetitionsAndLateOnes) {
  Replay const made = played(1);
  std::map<model::ObservationId, std::vector<Observation>> versions;
  std::size_t repeated = 0;
  std::size_t late = 0;
  auto latest = made.stream.front().reported;
  for (Observation const& report : made.stream) {
    auto& of_id = versions[report.id];
    repeated += std::ranges::find(of_id, report) == of_id.end() ? 0U : 1U;
    of_id.push_back(report);
    late += report.reported < latest ? 1U : 0U;
    latest = std::max(latest, report.reported);
  }
  std::size_t corrected = 0;
  std::size_t withdrawn = 0;
  for (auto const& [id, of_id] : versions) {
    bool const gone = std::ranges::any_of(of_id, &Observation::withdrawn);
    withdrawn += gone ? 1U : 0U;
    bool const differs = std::ranges::any_of(of_id, [&](auto const& v) { return v != of_id[0]; });
    corrected += !gone && differs ? 1U : 0U;
  }
  EXPECT_GT(repeated, 100U);
  EXPECT_GT(late, 100U);
  EXPECT_GT(corrected, 50U);
  EXPECT_GT(withdrawn, 50U);
}

TEST(Replay, WhatNobodyReportsSaysWhy) {
  std::set<std::string> reasons;
  for (InjectedIncident const& incident : played(2).incidents) {
    EXPECT_EQ(incident.observations.empty(), !incident.missed.empty()) << incident.id;
    EXPECT_FALSE(incident.missed.starts_with("not watched") && !incident.watched_by.empty());
    reasons.insert(incident.missed);
  }
  EXPECT_TRUE(reasons.contains("not watched: nothing reaches there"));
  EXPECT_TRUE(reasons.contains("watched, but not noticed or taken back"));
  EXPECT_GT(reasons.size(), 5U);
}

TEST(Replay, RefusesWhatCannotBePlayed) {
  EXPECT_FALSE(replay(exercise(), {.seed = 1, .days = 0}).ok());
  EXPECT_FALSE(replay(exercise(), {.seed = 1, .days = 30, .incidents_a_day = 401}).ok());
  EXPECT_FALSE(replay(model::Scenario{}, {}).ok());
}

/// The score sees every way in which what is found can be wrong.
class ReplayScoring : public testing::Test {
 protected:
  Replay const made_ = played(8, 12);
  std::vector<model::Incident> incidents_ = found(made_.stream, 400);

  [[nodiscard]] ReplayScore result() const { return score(incidents_, made_.incidents); }
  [[nodiscard]] std::size_t with_two() const {
    return static_cast<std::size_t>(
        std::ranges::find_if(incidents_, [](auto const& i) { return i.observations.size() > 1; }) -
        incidents_.begin());
  }
};

TEST_F(ReplayScoring, IsPerfectAsItIs) {
  EXPECT_TRUE(result().perfect()) << print(result());
}

TEST_F(ReplayScoring, SeesWhatIsLost) {
  incidents_.erase(incidents_.begin());
  EXPECT_EQ(result().lost, 1U);
  EXPECT_FALSE(result().perfect());
}

TEST_F(ReplayScoring, SeesASplit) {
  std::size_t const at = with_two();
  model::Incident half = incidents_[at];
  half.observations = {incidents_[at].observations.back()};
  incidents_[at].observations.pop_back();
  incidents_.push_back(half);
  EXPECT_EQ(result().split, 1U);
  EXPECT_FALSE(result().perfect());
}

TEST_F(ReplayScoring, SeesAMerge) {
  auto& into = incidents_[0].observations;
  into.insert(into.end(), incidents_[1].observations.begin(), incidents_[1].observations.end());
  incidents_.erase(incidents_.begin() + 1);
  EXPECT_EQ(result().merged, 2U);
  EXPECT_FALSE(result().perfect());
}

TEST_F(ReplayScoring, SeesWhatIsInvented) {
  incidents_.push_back(incidents_[0]);
  incidents_.back().observations = {model::ObservationId{"synthetic-nobody:1"}};
  EXPECT_EQ(result().invented, 1U);
  EXPECT_FALSE(result().perfect());
}

TEST_F(ReplayScoring, SeesAWrongCountPlaceAndAllegation) {
  incidents_[0].munitions.explosions += 1;
  incidents_[1].from += std::chrono::days{2};
  incidents_[1].to += std::chrono::days{2};
  incidents_[2].allegations.push_back({.clause = model::ClauseId{"harvest-fields"}});
  EXPECT_EQ(result().miscounted, 1U);
  EXPECT_EQ(result().misplaced, 1U);
  EXPECT_EQ(result().misalleged, 1U);
  EXPECT_FALSE(result().perfect());
}

}  // namespace
}  // namespace guarantor::watch
