#include "guarantor/serve/feed.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "guarantor/model/run_control.h"

namespace guarantor::serve {

using model::Done;
using model::Result;
using Clock = std::chrono::steady_clock;

Feed::Feed(StoreGate& gate, ScenarioViews const& views, WatchFloor const& watch, EventHub& hub,
           std::function<void(std::string_view)> failed, FeedPace pace)
    : gate_{gate},
      hub_{hub},
      teller_{gate, views, watch, hub},
      failed_{std::move(failed)},
      pace_{pace} {}

Feed::~Feed() {
  stop();
  gate_.on_kept(nullptr);
}

Result<Done> Feed::begin() {
  auto const begun = teller_.begin();
  if (!begun.ok()) {
    return begun;
  }
  gate_.on_kept([this] {
    {
      std::scoped_lock const lock{mutex_};
      is_kept_ = true;
    }
    kept_.notify_all();
  });
  telling_ = std::jthread{[this](std::stop_token const& stop) { tell(stop); }};
  publishing_ = std::jthread{[this](std::stop_token const& stop) { publish(stop); }};
  return begun;
}

void Feed::stop() {
  telling_.request_stop();
  publishing_.request_stop();
  for (auto* const thread : {&telling_, &publishing_}) {
    if (thread->joinable()) {
      thread->join();
    }
  }
}

void Feed::tell(std::stop_token const& stop) {
  auto next_beat = Clock::now() + pace_.beat;
  while (!stop.stop_requested()) {
    auto const told = teller_.tell();
    if (!told.ok()) {
      failed_(told.error().message);
    }
    std::unique_lock lock{mutex_};
    if (told.ok()) {
      told_ = told.value();
    }
    kept_.wait_for(lock, stop, pace_.look, [this] { return is_kept_; });
    is_kept_ = false;
    lock.unlock();
    if (Clock::now() >= next_beat) {
      hub_.beat();
      next_beat = Clock::now() + pace_.beat;
    }
  }
}

/// A checkpoint costs a wait for the disk, and holds up who keeps something meanwhile: one covers
/// all that was kept since the last.
void Feed::publish(std::stop_token const& stop) {
  std::optional<store::Position> published;
  while (!stop.stop_requested()) {
    auto const size = gate_.read([](auto const& store) { return store.size(); });
    if (size.ok() && size.value() != published) {
      model::RunControl control;
      control.cancel = stop;
      auto const done = gate_.write([&](auto& store) { return store.publish(control); });
      if (done.ok()) {
        published = size.value();
        hub_.publish({.id = 0,
                      .type = "published",
                      .data = fmt::format("{{\"size\":{}}}", size.value()),
                      .visible = [](policy::Viewer const&) { return true; }});
      } else if (!stop.stop_requested()) {
        failed_(done.error().message);
      }
    }
    std::unique_lock lock{mutex_};
    kept_.wait_for(lock, stop, pace_.publish, [] { return false; });
  }
}

}  // namespace guarantor::serve
