#include "guarantor/serve/feed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "guarantor/intake/observation_json.h"
#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/incident_json.h"
#include "guarantor/serve/event_teller.h"
#include "serve_case.h"
#include "stream_reader.h"

namespace guarantor::serve {
namespace {

using nlohmann::json;

/// One who listens with somebody's eyes, and remembers what it was told.
class Ear {
 public:
  Ear(EventHub& hub, std::string const& who)
      : hub_{hub}, viewer_{policy::parse_viewer(who).value()} {
    listen();
  }

  [[nodiscard]] policy::Viewer const& viewer() const { return viewer_; }
  void listen() { stream_ = hub_.listen({.viewer = viewer_, .account = {}, .after = last_}); }
  void leave() { stream_->close(); }
  /// What came since the last time.
  std::vector<Told> hear() {
    auto read = read_stream(stream_->take());
    last_ = read.last ? read.last : last_;
    std::erase_if(read.events, [](Told const& told) { return told.type == "hello"; });
    return read.events;
  }

 private:
  EventHub& hub_;
  policy::Viewer viewer_;
  std::optional<std::uint64_t> last_;
  std::shared_ptr<Subscription> stream_;
};

class FeedTest : public ::testing::Test {
 protected:
  FeedTest() { EXPECT_TRUE(teller_.begin().ok()); }

  Services& services() { return serve_.services(); }
  void tell() { EXPECT_TRUE(teller_.tell().ok()); }
  void keep(store::Draft const& draft) {
    auto const kept = services().store.write(
        [&](auto& store) { return store.append({&draft, 1}, store::somebody()); });
    ASSERT_TRUE(kept.ok());
  }
  /// What the nation saw and shows nobody.
  void keep_own_report(std::string const& nation) {
    model::Observation seen;
    seen.id = model::ObservationId{"cot:1"};
    seen.owner = model::NationId{nation};
    keep({.kind = store::RecordKind::kObservation,
          .key = "cot:1",
          .body = intake::to_json(seen),
          .owner = seen.owner});
  }
  model::Pledge& pledge(std::string const& id) {
    auto const found = std::ranges::find_if(scenario_.pledges,
                                            [&](auto const& one) { return one.id.text() == id; });
    EXPECT_NE(found, scenario_.pledges.end());
    return *found;
  }

  model::Scenario scenario_{scenario_at("scenarios/exercise")};
  ServeCase serve_{scenario_};
  EventTeller teller_{services().store, services().views, services().watch, services().events};
};

std::string incident(std::string const& id, std::int64_t revision,
                     model::RevisionCause cause = model::RevisionCause::kGrew) {
  model::Incident incident;
  incident.id = model::IncidentId{id};
  incident.revision = revision;
  incident.cause = cause;
  if (cause != model::RevisionCause::kEmptied) {
    incident.observations.emplace_back("cot:1");
  }
  return monitor::to_json(incident);
}

/// Asks a party, which hears of it, as does the commission; monitors and other nations do not.
std::string finding(std::string const& id) {
  model::CaseStep step;
  step.incident = model::IncidentId{id};
  step.action = model::CaseAction::kFind;
  step.by = "commissioner";
  step.why = "traces";
  step.parties = {model::PartyId{"xal"}};
  return monitor::to_json(step);
}

std::vector<std::string> types(std::vector<Told> const& events) {
  std::vector<std::string> list;
  for (Told const& told : events) {
    list.push_back(told.type);
  }
  return list;
}

TEST_F(FeedTest, ARowIsToldToThoseWhoSeeIt) {
  Ear planner{services().events, "planner"};
  Ear owner{services().events, "delegate:XAL"};
  Ear other{services().events, "delegate:XBR"};
  Ear anyone{services().events, "public"};
  pledge("xal-mech").row.provenance.note = "another note";
  serve_.put(scenario_);
  tell();
  for (Ear* const ear : {&planner, &owner}) {
    auto const told = ear->hear();
    ASSERT_EQ(types(told), (std::vector<std::string>{"row", "scenario"}));
    EXPECT_EQ(json::parse(told[0].data), (json{{"scenario", scenario_.header.id.text()},
                                               {"table", "pledges"},
                                               {"key", "xal-mech"}}));
    auto const view = services().views.of(ear->viewer(), scenario_.header.id.text()).value();
    EXPECT_EQ(json::parse(told[1].data)["version"], view->name);
  }
  EXPECT_TRUE(other.hear().empty());
  EXPECT_TRUE(anyone.hear().empty());
}

TEST_F(FeedTest, NothingIsToldTwice) {
  Ear planner{services().events, "planner"};
  pledge("xal-mech").row.provenance.note = "another note";
  serve_.put(scenario_);
  tell();
  EXPECT_EQ(planner.hear().size(), 2U);
  tell();
  EXPECT_TRUE(planner.hear().empty());
}

TEST_F(FeedTest, ReturningToAnEarlierVersionIsTold) {
  auto const id = scenario_.header.id.text();
  auto const before = services().views.whole(id).value()->name;
  pledge("xal-mech").row.provenance.note = "another note";
  serve_.put(scenario_);
  tell();
  Ear planner{services().events, "planner"};
  Ear anyone{services().events, "public"};
  ASSERT_TRUE(services()
                  .store
                  .write([&](auto& store) {
                    return store::set_current(store, id, before, store::somebody());
                  })
                  .ok());
  tell();
  auto const told = planner.hear();
  ASSERT_EQ(types(told), (std::vector<std::string>{"scenario"}));
  EXPECT_EQ(json::parse(told[0].data)["version"], before);
  EXPECT_TRUE(anyone.hear().empty());
}

TEST_F(FeedTest, RecordsAreToldToThoseWhoMayReadThem) {
  std::map<std::string, std::unique_ptr<Ear>> ears;
  for (std::string const who :
       {"planner", "delegate:XAL", "delegate:XBR", "monitor", "public", "controller"}) {
    ears.emplace(who, std::make_unique<Ear>(services().events, who));
  }
  keep({.kind = store::RecordKind::kPlan,
        .key = "p1",
        .body = R"({"scenario":"exercise"})",
        .owner = {},
        .releasable_to = {"XAL"}});
  keep({.kind = store::RecordKind::kIncident, .key = "i1", .body = incident("i1", 3), .owner = {}});
  keep({.kind = store::RecordKind::kIncident,
        .key = "i2",
        .body = incident("i2", 1),
        .owner = {},
        .releasable_to = {"public"}});
  keep({.kind = store::RecordKind::kFinding, .key = "i1", .body = finding("i1"), .owner = {}});
  keep({.kind = store::RecordKind::kReport,
        .key = "2026-W01",
        .body = "{}",
        .owner = {},
        .releasable_to = {"public"}});
  keep({.kind = store::RecordKind::kAccess, .key = "mallory", .body = "{}", .owner = {}});
  keep({.kind = store::RecordKind::kObservation, .key = "o1", .body = "{}", .owner = {}});
  tell();
  using List = std::vector<std::string>;
  auto const heard = [&](std::string const& who) { return types(ears.at(who)->hear()); };
  EXPECT_EQ(heard("delegate:XAL"), (List{"plan", "incident", "incident", "case", "report"}));
  EXPECT_EQ(heard("delegate:XBR"), (List{"incident", "incident", "report"}));
  EXPECT_EQ(heard("monitor"), (List{"incident", "incident", "report"}));
  EXPECT_EQ(heard("public"), (List{"incident", "report"}));
  EXPECT_EQ(heard("controller"), (List{"incident", "report"}));
  auto const all = ears.at("planner")->hear();
  ASSERT_EQ(types(all), (List{"plan", "incident", "incident", "case", "report"}));
  EXPECT_TRUE(json::parse(all[0].data).contains("version"));
  EXPECT_EQ(json::parse(all[1].data), (json{{"id", "i1"}, {"revision", 3}}));
  EXPECT_EQ(json::parse(all[3].data), (json{{"incident", "i1"}}));
}

TEST_F(FeedTest, ThatAnIncidentIsGoneIsToldToThoseWhoSawIt) {
  auto const keep_incident = [&](std::int64_t revision, model::RevisionCause cause) {
    keep({.kind = store::RecordKind::kIncident,
          .key = "i1",
          .body = incident("i1", revision, cause),
          .owner = {}});
  };
  keep_incident(1, model::RevisionCause::kOpened);
  tell();
  Ear delegate{services().events, "delegate:XAL"};
  Ear anyone{services().events, "public"};
  keep_incident(2, model::RevisionCause::kGrew);
  keep_incident(3, model::RevisionCause::kEmptied);
  tell();
  auto const told = delegate.hear();
  ASSERT_EQ(types(told), (std::vector<std::string>{"incident"}));
  EXPECT_EQ(json::parse(told[0].data), (json{{"id", "i1"}}));
  EXPECT_TRUE(anyone.hear().empty());
}

TEST_F(FeedTest, HowOftenHiddenReportsChangedAnIncidentIsNotTold) {
  keep({.kind = store::RecordKind::kIncident, .key = "i1", .body = incident("i1", 1), .owner = {}});
  tell();
  Ear monitor{services().events, "monitor"};
  Ear owner{services().events, "delegate:XAL"};
  Ear other{services().events, "delegate:XBR"};
  keep_own_report("XAL");
  keep({.kind = store::RecordKind::kIncident, .key = "i1", .body = incident("i1", 4), .owner = {}});
  tell();
  EXPECT_EQ(json::parse(owner.hear().at(0).data), (json{{"id", "i1"}}));
  EXPECT_EQ(json::parse(other.hear().at(0).data), (json{{"id", "i1"}}));
  EXPECT_EQ(json::parse(monitor.hear().at(0).data), (json{{"id", "i1"}, {"revision", 4}}));
}

TEST_F(FeedTest, AReportThatIsSomeNationsAloneHidesItsIncident) {
  Ear owner{services().events, "delegate:XAL"};
  Ear other{services().events, "delegate:XBR"};
  keep_own_report("XAL");
  keep({.kind = store::RecordKind::kIncident, .key = "i1", .body = incident("i1", 1), .owner = {}});
  tell();
  EXPECT_EQ(types(owner.hear()), (std::vector<std::string>{"incident"}));
  EXPECT_TRUE(other.hear().empty());
}

TEST_F(FeedTest, WhatCannotBeReadKeepsNothingElseFromBeingTold) {
  Ear delegate{services().events, "delegate:XAL"};
  keep({.kind = store::RecordKind::kIncident, .key = "i1", .body = "{}", .owner = {}});
  keep({.kind = store::RecordKind::kFinding, .key = "i1", .body = "[]", .owner = {}});
  keep({.kind = store::RecordKind::kReport,
        .key = "r1",
        .body = "{}",
        .owner = {},
        .releasable_to = {"public"}});
  tell();
  EXPECT_EQ(types(delegate.hear()), (std::vector<std::string>{"report"}));
}

TEST_F(FeedTest, TheHashOfAWholePlanIsThePlannersAlone) {
  Ear delegate{services().events, "delegate:XAL"};
  keep({.kind = store::RecordKind::kPlan,
        .key = "p1",
        .body = R"({"scenario":"exercise"})",
        .owner = {},
        .releasable_to = {"all"}});
  tell();
  auto const told = delegate.hear();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(json::parse(told[0].data), (json{{"scenario", "exercise"}, {"plan", "p1"}}));
}

TEST_F(FeedTest, AChangedAccountEndsItsStreams) {
  auto const stream = services().events.listen(
      {.viewer = policy::parse_viewer("planner").value(), .account = "anna"});
  keep({.kind = store::RecordKind::kAccount, .key = "anna", .body = "{}", .owner = {}});
  tell();
  static_cast<void>(stream->take());
  EXPECT_TRUE(stream->ended());
}

/// Offers change, are released and taken back at random; several steps are told as one or each by
/// itself; listeners come and go. Each is told exactly what changed in its own view.
TEST_F(FeedTest, WhoeverListensIsToldExactlyWhatChangedInItsView) {
  std::mt19937 draw{20'260'106};
  auto const id = scenario_.header.id.text();
  std::vector<std::string> const viewers{"planner", "delegate:XAL", "delegate:XBR", "public"};
  std::map<std::string, std::unique_ptr<Ear>> ears;
  std::map<std::string, SharedView> before;
  for (auto const& who : viewers) {
    ears.emplace(who, std::make_unique<Ear>(services().events, who));
    before[who] = services().views.of(ears.at(who)->viewer(), id).value();
  }
  std::map<std::string, int> changes;
  for (int round = 0; round < 25; ++round) {
    std::map<std::string, bool> away;
    for (auto const& who : viewers) {
      away[who] = draw() % 3 == 0;
      if (away[who]) {
        ears.at(who)->leave();
      }
    }
    std::set<std::string> touched;
    for (auto steps = 1 + draw() % 3; steps > 0; --steps) {
      auto& row = scenario_.pledges[draw() % scenario_.pledges.size()];
      if (draw() % 2 == 0) {
        row.row.provenance.note = "note " + std::to_string(round) + "." + std::to_string(steps);
      } else {
        std::vector<std::vector<std::string>> const to{{}, {"public"}, {"all"}, {"XBR"}};
        row.releasable_to = to[draw() % to.size()];
      }
      touched.insert(row.id.text());
      serve_.put(scenario_);
    }
    tell();
    for (auto const& who : viewers) {
      if (away[who]) {
        ears.at(who)->listen();
      }
      auto const now = services().views.of(ears.at(who)->viewer(), id).value();
      std::set<std::string> expected;
      for (auto const& key : touched) {
        auto const find = [&](SharedView const& view) {
          auto const* row = view->text.rows.find("pledges", key);
          return row == nullptr ? std::optional<model::RowRecord>{} : *row;
        };
        if (find(before[who]) != find(now)) {
          expected.insert(key);
        }
      }
      std::multiset<std::string> rows;
      std::vector<std::string> versions;
      for (Told const& told : ears.at(who)->hear()) {
        auto const data = json::parse(told.data);
        ASSERT_TRUE(told.type == "row" || told.type == "scenario") << told.type;
        if (told.type == "row") {
          rows.insert(data["key"]);
        } else {
          versions.push_back(data["version"]);
        }
      }
      EXPECT_EQ(rows, (std::multiset<std::string>{expected.begin(), expected.end()})) << who;
      std::vector<std::string> const version{now->name};
      EXPECT_EQ(versions, now->name == before[who]->name ? std::vector<std::string>{} : version)
          << who;
      changes[who] += static_cast<int>(expected.size());
      before[who] = now;
    }
  }
  EXPECT_GT(changes["planner"], changes["delegate:XBR"]);
  EXPECT_GT(changes["delegate:XBR"], 0);
  EXPECT_GT(changes["public"], 0);
}

TEST_F(FeedTest, TellsByItselfAndPublishesTheLog) {
  Feed feed{services().store, services().views, services().watch, services().events,
            [](std::string_view what) { ADD_FAILURE() << what; }};
  Ear planner{services().events, "planner"};
  ASSERT_TRUE(feed.begin().ok());
  pledge("xal-mech").row.provenance.note = "another note";
  serve_.put(scenario_);
  std::set<std::string> heard;
  while (!heard.contains("published") || !heard.contains("scenario")) {
    for (Told const& told : planner.hear()) {
      heard.insert(told.type);
    }
    std::this_thread::yield();
  }
  feed.stop();
}

}  // namespace
}  // namespace guarantor::serve
