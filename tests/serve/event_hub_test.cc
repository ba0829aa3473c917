#include "guarantor/serve/event_hub.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "stream_reader.h"

namespace guarantor::serve {
namespace {

policy::Viewer viewer(std::string const& text) {
  return policy::parse_viewer(text).value();
}

bool everyone(policy::Viewer const&) {
  return true;
}

Event event(std::uint64_t id, std::string type = "row") {
  return {.id = id, .type = std::move(type), .data = "{}", .visible = everyone};
}

std::vector<std::uint64_t> ids(std::vector<Told> const& events) {
  std::vector<std::uint64_t> list;
  for (Told const& told : events) {
    list.push_back(told.id);
  }
  return list;
}

class Hub : public ::testing::Test {
 protected:
  std::shared_ptr<EventHub> hub_{std::make_shared<EventHub>()};

  std::shared_ptr<Subscription> listen(std::string const& who,
                                       std::optional<std::uint64_t> after = {},
                                       std::vector<std::string> types = {}) {
    return hub_->listen(
        {.viewer = viewer(who), .account = who, .types = std::move(types), .after = after});
  }
};

TEST_F(Hub, TellsEachWhatItMayKnowAndNobodyElse) {
  auto const planner = listen("planner");
  auto const delegate = listen("delegate:XAL");
  auto hidden = event(7);
  hidden.visible = [](policy::Viewer const& who) { return policy::sees_everything(who); };
  hidden.data_for = [](policy::Viewer const& who) { return "\"" + policy::print(who) + "\""; };
  hub_->publish(hidden);
  hub_->publish(event(8));
  auto const all = read_stream(planner->take());
  EXPECT_EQ(ids(all.events), (std::vector<std::uint64_t>{0, 7, 8}));
  EXPECT_EQ(all.events[1].data, "\"planner\"");
  EXPECT_EQ(ids(read_stream(delegate->take()).events), (std::vector<std::uint64_t>{0, 8}));
  // Nor when it comes back.
  EXPECT_EQ(ids(read_stream(listen("delegate:XAL", 0)->take()).events),
            (std::vector<std::uint64_t>{8}));
}

TEST_F(Hub, TellsTheTypesThatWereAskedFor) {
  auto const some = listen("public", {}, {"plan"});
  hub_->publish(event(1, "row"));
  hub_->publish(event(2, "plan"));
  auto const told = read_stream(some->take()).events;
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].type, "hello");
  EXPECT_EQ(told[1].type, "plan");
}

TEST_F(Hub, SaysResetWhereItCannotTellWhatWasMissed) {
  HubLimits limits;
  limits.kept = 10;
  hub_ = std::make_shared<EventHub>(limits);
  hub_->begin_after(100);
  auto const first = [&](std::uint64_t after) {
    return read_stream(listen("public", after)->take()).events.at(0).type;
  };
  EXPECT_EQ(first(99), "reset");   // from before this program
  EXPECT_EQ(first(101), "reset");  // from another store
  for (std::uint64_t id = 101; id <= 111; ++id) {
    hub_->publish(event(id));
  }
  EXPECT_EQ(first(100), "reset");  // event 101 is not kept any more
  EXPECT_EQ(ids(read_stream(listen("public", 101)->take()).events).front(), 102U);
  EXPECT_EQ(read_stream(listen("public", 111)->take()).events.size(), 0U);
}

TEST_F(Hub, SaysResetToAStrangerForWhomMuchWouldHaveToBeWorkedOut) {
  HubLimits limits;
  limits.worked_out_anew = 5;
  hub_ = std::make_shared<EventHub>(limits);
  auto const known = listen("planner");
  for (std::uint64_t id = 1; id <= 6; ++id) {
    hub_->publish(event(id));
  }
  EXPECT_EQ(read_stream(listen("public", 0)->take()).events.at(0).type, "reset");
  EXPECT_EQ(read_stream(listen("planner", 0)->take()).events.size(), 6U);
}

TEST_F(Hub, SaysResetRatherThanMoreThanMayWait) {
  HubLimits limits;
  limits.waiting = 1'000;
  hub_ = std::make_shared<EventHub>(limits);
  for (std::uint64_t id = 1; id <= 100; ++id) {
    hub_->publish(event(id));
  }
  auto const told = read_stream(listen("public", 0)->take());
  EXPECT_EQ(told.events.at(0).type, "reset");
  EXPECT_EQ(told.last, 100U);
}

TEST_F(Hub, LetsAListenerGoThatDoesNotRead) {
  HubLimits limits;
  limits.waiting = 1'000;
  hub_ = std::make_shared<EventHub>(limits);
  auto const slow = listen("public");
  std::uint64_t id = 0;
  while (id < 100) {
    hub_->publish(event(++id));
  }
  auto const told = read_stream(slow->take());
  EXPECT_TRUE(slow->ended());
  ASSERT_LT(*told.last, 100U);
  // What it had, and what it has when it comes back, is everything.
  auto const again = read_stream(listen("public", 90)->take());
  EXPECT_EQ(again.events.size(), 10U);
}

TEST_F(Hub, BeatsSayHowFarEverythingWasTold) {
  auto const one = listen("public");
  static_cast<void>(one->take());
  auto hidden = event(5);
  hidden.visible = [](policy::Viewer const&) { return false; };
  hub_->publish(hidden);
  hub_->beat();
  auto const told = read_stream(one->take());
  EXPECT_TRUE(told.events.empty());
  EXPECT_EQ(told.last, 5U);
}

TEST_F(Hub, EndsTheStreamsOfOneAccount) {
  auto const one = listen("planner");
  auto const other = listen("auditor");
  hub_->end("planner");
  static_cast<void>(one->take());
  EXPECT_TRUE(one->ended());
  EXPECT_FALSE(other->ended());
  hub_->end("");
  static_cast<void>(other->take());
  EXPECT_TRUE(other->ended());
}

TEST_F(Hub, TakesNoMoreThanItsMost) {
  HubLimits limits;
  limits.listeners = 2;
  hub_ = std::make_shared<EventHub>(limits);
  auto const one = listen("public");
  auto const two = listen("public");
  EXPECT_EQ(listen("public"), nullptr);
  one->close();
  EXPECT_NE(listen("public"), nullptr);
}

/// Whoever is cut off anywhere and comes back with the last id it read has each event once.
TEST_F(Hub, LosesAndDoublesNothingHoweverOftenAClientComesBack) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    hub_ = std::make_shared<EventHub>();
    std::mt19937 draw{seed};
    auto const chance = [&](unsigned of) { return draw() % of == 0; };
    auto stream = listen("delegate:XAL");
    std::vector<std::uint64_t> expected;
    std::vector<std::uint64_t> had;
    std::optional<std::uint64_t> last;
    auto const read = [&](bool cut) {
      auto text = stream->take();
      if (cut) {  // the end is lost on the way, in the middle of an event perhaps
        text.resize(draw() % (text.size() + 1));
        text.resize(text.rfind("\n\n") == std::string::npos ? 0 : text.rfind("\n\n") + 2);
      }
      auto const told = read_stream(text);
      last = told.last ? told.last : last;
      for (Told const& one : told.events) {
        if (one.type == "row") {
          had.push_back(one.id);
        }
      }
    };
    read(false);
    std::uint64_t id = 0;
    for (int step = 0; step < 200; ++step) {
      id += 1 + draw() % 3;
      bool const seen = chance(2);
      auto next = event(id);
      next.visible = [seen](policy::Viewer const&) { return seen; };
      hub_->publish(next);
      if (seen) {
        expected.push_back(id);
      }
      if (chance(10)) {
        hub_->beat();
      }
      if (chance(5)) {
        bool const goes = chance(2);
        read(goes);
        if (goes) {
          stream->close();
          stream = listen("delegate:XAL", last);
        }
      }
    }
    read(false);
    EXPECT_EQ(had, expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace guarantor::serve
