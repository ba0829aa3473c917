#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "guarantor/serve/http_message.h"

namespace guarantor::serve {

/// Where requests wait, so that what takes long does not keep others waiting.
enum class Lane {
  kUsual,     ///< what is answered in milliseconds
  kLong,      ///< documents and what must be worked out first
  kChange,    ///< what keeps something: one after the other, as the store takes it
  kPassword,  ///< trying a password takes half a second on purpose
  kLife       ///< whether the server lives
};
inline constexpr std::size_t kLanes = 5;

/// The lane of a request, by its method and path alone.
[[nodiscard]] Lane lane_of(Request const& request);

/// Answers on threads of its own, in each lane in the order requests came.
class AnswerThreads {
 public:
  using Answer = std::function<Response(Request const&)>;
  using Send = std::function<void(Response)>;

  /// `usual` threads for the usual lane, two for what takes long, one for each other.
  AnswerThreads(Answer answer, int usual);
  AnswerThreads(AnswerThreads const&) = delete;
  AnswerThreads& operator=(AnswerThreads const&) = delete;
  /// What waits is not answered any more.
  ~AnswerThreads();

  /// Where too many wait already, it is refused with 503 at once.
  void add(Request request, Send send);
  /// How many wait, in all lanes.
  [[nodiscard]] std::size_t waiting();

 private:
  static constexpr std::size_t kMostWaiting = 5'000;
  static constexpr int kLongThreads = 2;
  static constexpr std::size_t kMostPasswords = 60;  ///< half a minute of them

  struct Waiting {
    Request request;
    Send send;
  };
  struct Queue {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<Waiting> waiting;
  };

  void run(Queue& queue, std::stop_token const& stop);

  Answer answer_;
  std::array<Queue, kLanes> queues_;
  std::vector<std::jthread> threads_;
};

}  // namespace guarantor::serve
