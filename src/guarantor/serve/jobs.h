#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/vocabulary.h"
#include "guarantor/serve/caller.h"
#include "guarantor/serve/event_hub.h"

namespace guarantor::serve {

enum class JobState { kWaiting, kRunning, kDone, kCancelled, kFailed };

}  // namespace guarantor::serve

template <>
inline constexpr guarantor::model::Words<5> guarantor::model::kWords<guarantor::serve::JobState>{
    "waiting", "running", "done", "cancelled", "failed"};

namespace guarantor::serve {

/// Long work that somebody started.
struct Job {
  std::string id;
  std::string kind;   ///< `plan`, `sites`
  std::string title;  ///< for people
  std::string account;
  JobState state{JobState::kWaiting};
  model::Progress progress{};
  model::Instant asked{};
  std::optional<model::Instant> begun{};
  std::optional<model::Instant> ended{};
  std::string result{};  ///< JSON, once it is done; also what a cancelled job had so far
  std::optional<model::Error> error{};
};

/// Runs long work, one after the other, beside what answers requests. Those who may see a job are
/// told of each change as event `job`.
class Jobs {
 public:
  /// What it gives is the job's result, as JSON. A cancelled job may give what it has so far.
  using Work = std::function<model::Result<std::string>(model::RunControl const&)>;

  Jobs(EventHub& events, std::function<model::Instant()> now);
  ~Jobs();
  Jobs(Jobs const&) = delete;
  Jobs& operator=(Jobs const&) = delete;

  /// Its id. Error kLimit where too many wait.
  [[nodiscard]] model::Result<std::string> start(std::string kind, std::string title,
                                                 Caller const& caller, Work work);
  [[nodiscard]] std::optional<Job> find(std::string_view id) const;
  /// The newest first.
  [[nodiscard]] std::vector<Job> list() const;
  /// False where there is no such job, or it has ended.
  bool cancel(std::string_view id);
  /// Cancels what runs and waits until it has ended; nothing begins any more.
  void stop();

 private:
  struct Entry {
    Job job;
    Work work;
    std::stop_source cancel;
  };

  void run(std::stop_token const& stop);
  void tell(Job const& job);

  static constexpr std::size_t kMostWaiting = 20;
  static constexpr std::size_t kMostKept = 200;

  EventHub& events_;
  std::function<model::Instant()> now_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::shared_ptr<Entry>> entries_;  ///< the oldest first
  std::uint64_t next_{1};
  std::jthread thread_;
};

/// As JSON: what `GET /api/jobs/{job}` answers and event `job` tells.
[[nodiscard]] std::string to_json(Job const& job);

}  // namespace guarantor::serve
