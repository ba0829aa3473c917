#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/seen_incidents.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/serve/stream_queue.h"
#include "guarantor/serve/watch_floor.h"

namespace guarantor::serve {

/// The incidents of the last day as Cursor on Target, for programs that draw them on maps: first
/// all of them, then each that is new, changed or gone, as one viewer sees it. Programs that read
/// it show nobody who they are: what the viewer may see, all of them may.
class CursorOnTargetStream {
 public:
  CursorOnTargetStream(StoreGate const& store, WatchFloor const& watch, policy::Viewer viewer,
                       std::function<model::Instant()> now);
  CursorOnTargetStream(CursorOnTargetStream const&) = delete;
  CursorOnTargetStream& operator=(CursorOnTargetStream const&) = delete;
  ~CursorOnTargetStream() { stop(); }

  /// Looks at the store every second from now on. `failed` is told what went wrong.
  void start(std::function<void(std::string_view)> failed);
  void stop();

  /// One more client, which is told all there is.
  [[nodiscard]] std::shared_ptr<Subscription> connect();
  /// Tells what changed since the last look. Errors: those of the store.
  [[nodiscard]] model::Result<model::Done> look();

 private:
  struct Shown {
    SharedCard card;    ///< as it was looked at last
    std::string state;  ///< the event but for when it was said: another means that it changed
    model::Instant stale{};
    std::string event;
  };

  static constexpr std::size_t kMostWaiting = std::size_t{64} << 20U;

  /// What is to be shown now, as the viewer gets it.
  [[nodiscard]] model::Result<std::map<model::IncidentId, SharedCard>> visible(
      IncidentBoard const& board, model::Instant now) const;
  void tell(std::string const& text);

  WatchFloor const& watch_;
  SeenIncidents seen_;
  policy::Viewer viewer_;
  std::function<model::Instant()> now_;
  std::mutex mutex_;
  std::map<model::IncidentId, Shown> shown_;
  std::vector<std::weak_ptr<StreamQueue>> clients_;
  std::jthread thread_;
};

}  // namespace guarantor::serve
