#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "guarantor/serve/subscription.h"

namespace guarantor::serve {

/// A stream whose text is put together by whoever has something to tell, so that a slow client
/// costs bytes and no time. One that lets more than `most` bytes wait is let go.
class StreamQueue : public Subscription {
 public:
  static constexpr std::size_t kAtOnce = std::size_t{256} << 10U;

  explicit StreamQueue(std::size_t most) : most_{most} {}

  void add(std::string_view text);
  /// What waits is still given.
  void end();

  /// No more than `kAtOnce` bytes: what is left waits on.
  [[nodiscard]] std::string take() override;
  [[nodiscard]] bool ended() const override;
  void on_ready(std::function<void()> wake) override;
  void close() override;

 private:
  std::size_t most_;
  mutable std::mutex mutex_;
  std::string waiting_;
  std::function<void()> wake_;
  bool ended_{};
};

}  // namespace guarantor::serve
