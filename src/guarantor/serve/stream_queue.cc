#include "guarantor/serve/stream_queue.h"

#include <utility>

namespace guarantor::serve {

void StreamQueue::add(std::string_view text) {
  std::function<void()> wake;
  {
    std::scoped_lock const lock{mutex_};
    if (ended_) {
      return;
    }
    if (waiting_.size() + text.size() > most_) {
      ended_ = true;
    } else {
      waiting_ += text;
    }
    wake = wake_;
  }
  if (wake) {
    wake();
  }
}

void StreamQueue::end() {
  std::function<void()> wake;
  {
    std::scoped_lock const lock{mutex_};
    ended_ = true;
    wake = wake_;
  }
  if (wake) {
    wake();
  }
}

std::string StreamQueue::take() {
  std::scoped_lock const lock{mutex_};
  if (waiting_.size() <= kAtOnce) {
    return std::exchange(waiting_, {});
  }
  auto piece = waiting_.substr(0, kAtOnce);
  waiting_.erase(0, kAtOnce);
  return piece;
}

bool StreamQueue::ended() const {
  std::scoped_lock const lock{mutex_};
  return ended_ && waiting_.empty();
}

void StreamQueue::on_ready(std::function<void()> wake) {
  std::function<void()> now;
  {
    std::scoped_lock const lock{mutex_};
    wake_ = std::move(wake);
    if (!waiting_.empty() || ended_) {
      now = wake_;
    }
  }
  if (now) {
    now();
  }
}

void StreamQueue::close() {
  std::scoped_lock const lock{mutex_};
  wake_ = nullptr;
  ended_ = true;
}

}  // namespace guarantor::serve
