#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "guarantor/model/error.h"
#include "guarantor/serve/event_teller.h"

namespace guarantor::serve {

struct FeedPace {
  std::chrono::milliseconds look{300};       ///< others may keep records too
  std::chrono::milliseconds publish{1'000};  ///< at least between two checkpoints
  std::chrono::milliseconds beat{15'000};
};

/// Tells everyone what the store gained, soon after; and brings its public log up to date, beside.
class Feed {
 public:
  /// `failed` is told what went wrong, on threads of the feed's own. REQUIRES: nobody else uses
  /// `gate` before `begin`, and it outlives the feed.
  Feed(StoreGate& gate, ScenarioViews const& views, WatchFloor const& watch, EventHub& hub,
       std::function<void(std::string_view)> failed, FeedPace pace = {});
  Feed(Feed const&) = delete;
  Feed& operator=(Feed const&) = delete;
  ~Feed();

  /// From now on. Errors: those of the store.
  [[nodiscard]] model::Result<model::Done> begin();
  /// No more is told. At once, but for what is under way.
  void stop();

 private:
  void tell(std::stop_token const& stop);
  void publish(std::stop_token const& stop);
  /// Waits for a record or the time to look for one; true where there is a record.
  bool wait(std::stop_token const& stop, std::chrono::milliseconds longest);

  StoreGate& gate_;
  EventHub& hub_;
  EventTeller teller_;
  std::function<void(std::string_view)> failed_;
  FeedPace pace_;
  std::mutex mutex_;
  std::condition_variable_any kept_;
  bool is_kept_{};
  store::Position told_{};
  std::jthread telling_;
  std::jthread publishing_;
};

}  // namespace guarantor::serve
