#include "guarantor/serve/watch_floor.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/watch_records.h"
#include "guarantor/serve/incident_card.h"
#include "small_front.h"
#include "watched_front.h"

namespace guarantor::serve {
namespace {

using Cards = std::map<std::string, IncidentCard>;

/// What the board says, without what only it knows.
Cards on_the_board(ServeCase& serve) {
  Cards cards;
  auto const board = serve.services().watch.incidents();
  RC_ASSERT(board.ok());
  board.value()->each({}, [&](SharedCard const& card) {
    IncidentCard copy = *card;
    copy.record = 0;
    copy.owned.clear();
    cards.emplace(card->id.text(), std::move(copy));
    return true;
  });
  return cards;
}

/// What the store says, read anew and in another way.
Cards in_the_store(ServeCase& serve) {
  auto const records = serve.services().store.read(
      [](auto const& store) { return monitor::read_incidents(store, {}); });
  RC_ASSERT(records.ok());
  Cards cards;
  for (model::Incident const& incident : records.value().incidents) {
    IncidentCard card = card_of(incident);
    add_case(card, records.value().files.at(incident.id));
    cards.emplace(incident.id.text(), std::move(card));
  }
  return cards;
}

/// A report near the front, so that some are of one incident, and some join two.
model::Observation some_report(int number) {
  auto seen = monitor::report(std::to_string(number), 400.0 * *rc::gen::inRange(0, 8), 0,
                              *rc::gen::inRange(0, 3) * 20);
  seen.withdrawn = *rc::gen::weightedElement<bool>({{8, false}, {1, true}});
  return seen;
}

/// Somebody takes whatever step the rules allow on one of the incidents, past the server.
void some_step(ServeCase& serve) {
  auto const cards = on_the_board(serve);
  if (cards.empty()) {
    return;
  }
  auto at = cards.begin();
  std::advance(at, *rc::gen::inRange<std::size_t>(0, cards.size()));
  model::CaseStep step{.incident = at->second.id};
  step.action = *rc::gen::element(model::CaseAction::kVerify, model::CaseAction::kDispute,
                                  model::CaseAction::kClose, model::CaseAction::kFind);
  step.why = "because";
  if (step.action == model::CaseAction::kVerify) {
    step.verdict = model::CaseState::kVerified;
  }
  step.parties = {model::PartyId{"xaa"}};
  step.certainty = model::Certainty::kLow;
  step.reply_by = monitor::kNoon + std::chrono::hours{24};
  static_cast<void>(serve.services().store.write(
      [&](auto& store) { return monitor::keep_step(store, step, monitor::monitor_on_shift()); }));
}

TEST(WatchFloor, TheBoardSaysWhatTheStoreSaysAfterAnything) {
  rc::check([] {
    ServeCase serve{watched_front()};
    int const rounds = *rc::gen::inRange(1, 6);
    int number = 0;
    for (int round = 0; round < rounds; ++round) {
      std::vector<model::Observation> batch;
      for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
        // Sometimes one that came before, at another place.
        batch.push_back(some_report(*rc::gen::inRange(0, number + 1)));
        batch.back().reported = monitor::kNoon + std::chrono::minutes{round};
        ++number;
      }
      take(serve, batch);
      if (*rc::gen::arbitrary<bool>()) {
        some_step(serve);
      }
      if (*rc::gen::arbitrary<bool>()) {
        RC_ASSERT(on_the_board(serve) == in_the_store(serve));
      }
    }
    auto const followed = on_the_board(serve);
    RC_ASSERT(followed == in_the_store(serve));
    // One that begins now says the same as one that followed from the first.
    IncidentBoard fresh{serve.services().store};
    RC_ASSERT(fresh.catch_up().ok());
    RC_ASSERT(fresh.size() == followed.size());
    for (auto const& [id, card] : followed) {
      auto const found = fresh.find(model::IncidentId{id});
      RC_ASSERT(found != nullptr);
      IncidentCard copy = *found;
      copy.record = 0;
      RC_ASSERT(copy == card);
    }
  });
}

TEST(WatchFloor, SeesWhatAnotherDeskTookIn) {
  ServeCase serve{watched_front()};
  take(serve, {monitor::report("a1", 0, 100, 0)});
  // Another process: a desk of its own over the same store.
  auto const view = serve.services().views.whole("front");
  ASSERT_TRUE(view.ok());
  auto const taken = serve.services().store.write([&](store::SqliteStore& store) {
    auto const desk = monitor::WatchDesk::open(store, view.value()->scenario);
    std::vector<model::Observation> const batch{monitor::report("b1", 0, 30'000, 0)};
    return desk.value()->take(batch, monitor::monitor_on_shift());
  });
  ASSERT_TRUE(taken.ok());
  EXPECT_EQ(serve.services().watch.incidents().value()->size(), 2U);
  // Ours knows of it: the same report again is no new one.
  std::vector<model::Observation> const again{monitor::report("b1", 0, 30'000, 0)};
  auto const repeated = serve.services().watch.take(again, monitor::monitor_on_shift());
  ASSERT_TRUE(repeated.ok());
  EXPECT_EQ(repeated.value().repeated, 1U);
}

TEST(WatchFloor, JudgesByTheScenarioAsItIsNow) {
  auto scenario = watched_front();
  ServeCase serve{scenario};
  take(serve, {monitor::report("a1", 0, 100, 0)});
  scenario.clauses.clear();
  serve.put(scenario);
  take(serve, {monitor::report("b1", 0, 30'000, 0)});
  auto const items = serve.json("monitor", "/api/incidents").at("items");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_NE(items.at(0).at("alleged"), items.at(1).at("alleged"));
}

TEST(WatchFloor, SaysThatAnotherProcessTakesIn) {
  ServeCase serve{watched_front()};
  auto const lock =
      store::StoreLock::take_watch({serve.services().store.file()}, std::chrono::milliseconds{100});
  ASSERT_TRUE(lock.ok());
  std::vector<model::Observation> const batch{monitor::report("a1", 0, 100, 0)};
  auto const taken = serve.services().watch.take(batch, monitor::monitor_on_shift());
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().kind, model::ErrorKind::kLimit);
}

TEST(WatchFloor, TestsWhatCountsOverManyAMomentLater) {
  auto scenario = watched_front();
  scenario.clauses.front().threshold = 1;
  scenario.clauses.front().window = model::Hours{24};
  ServeCase serve{scenario};
  take(serve, {monitor::report("a1", 0, 100, 0), monitor::report("b1", 0, 30'000, 10)});
  auto const changed = serve.services().watch.reassess(monitor::monitor_on_shift());
  ASSERT_TRUE(changed.ok());
  // With the second there are more than one within the window; with the first there were not.
  ASSERT_EQ(changed.value().size(), 1U);
  auto const alleged = serve.json("monitor", "/api/incidents?state=alleged").at("items");
  ASSERT_EQ(alleged.size(), 1U);
  EXPECT_EQ(alleged.at(0).at("id"), changed.value().front().id.text());
}

}  // namespace
}  // namespace guarantor::serve
