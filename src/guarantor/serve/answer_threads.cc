#include "guarantor/serve/answer_threads.h"

#include <string_view>
#include <utility>

#include "guarantor/serve/problem.h"
#include "guarantor/serve/security_headers.h"

namespace guarantor::serve {
namespace {

bool is_document(Request const& request) {
  auto const format = request.parameter("format");
  return format && *format != "json";
}

/// Paths whose answers are worked out, or are long.
bool takes_long(std::string_view path) {
  return path.ends_with("/pot") || path.ends_with("/trial") || path.ends_with("/promises") ||
         path.ends_with("/compare") || path.starts_with("/api/watch/") ||
         path.ends_with("/layers/incidents") || path.starts_with("/ogc/collections/");
}

}  // namespace

Lane lane_of(Request const& request) {
  std::string_view const path = request.path;
  if (path == "/healthz" || path == "/readyz" || path == "/metrics") {
    return Lane::kLife;
  }
  bool const changes = request.method != "GET" && request.method != "HEAD";
  if (changes &&
      (path == "/api/session" || path == "/api/accounts" || path.ends_with("/password"))) {
    return request.method == "DELETE" ? Lane::kUsual : Lane::kPassword;
  }
  // A report is worked out before it is kept.
  if (changes && !path.ends_with("/trial") && !path.starts_with("/api/watch/")) {
    return Lane::kChange;
  }
  return takes_long(path) || is_document(request) ? Lane::kLong : Lane::kUsual;
}

AnswerThreads::AnswerThreads(Answer answer, int usual) : answer_{std::move(answer)} {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    auto const which = static_cast<Lane>(lane);
    int const threads = which == Lane::kUsual ? usual : which == Lane::kLong ? kLongThreads : 1;
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back(
          [this, lane](std::stop_token const& stop) { run(queues_[lane], stop); });
    }
  }
}

AnswerThreads::~AnswerThreads() {
  for (std::jthread& thread : threads_) {
    thread.request_stop();
  }
  threads_.clear();
}

void AnswerThreads::add(Request request, Send send) {
  auto const lane = lane_of(request);
  Queue& queue = queues_[static_cast<std::size_t>(lane)];
  auto const most = lane == Lane::kPassword ? kMostPasswords : kMostWaiting;
  bool const secure = request.secure;
  {
    std::scoped_lock const lock{queue.mutex};
    if (queue.waiting.size() < most) {
      queue.waiting.push_back({std::move(request), std::move(send)});
      send = nullptr;
    }
  }
  if (!send) {
    queue.changed.notify_one();
    return;
  }
  auto busy = problem(503, "busy", "too busy", "too many requests wait already", "try again");
  busy.headers.set("Retry-After", "2");
  add_security_headers(busy, secure);
  send(std::move(busy));
}

std::size_t AnswerThreads::waiting() {
  std::size_t all = 0;
  for (Queue& queue : queues_) {
    std::scoped_lock const lock{queue.mutex};
    all += queue.waiting.size();
  }
  return all;
}

void AnswerThreads::run(Queue& queue, std::stop_token const& stop) {
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock{queue.mutex};
      if (!queue.changed.wait(lock, stop, [&] { return !queue.waiting.empty(); })) {
        return;
      }
      next = std::move(queue.waiting.front());
      queue.waiting.pop_front();
    }
    next.send(answer_(next.request));
  }
}

}  // namespace guarantor::serve
