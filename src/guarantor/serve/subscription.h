#pragma once

#include <functional>
#include <string>

namespace guarantor::serve {

/// A stream of bytes for one connection. Whoever gives and the connection may be on different
/// threads.
class Subscription {
 public:
  Subscription() = default;
  Subscription(Subscription const&) = delete;
  Subscription& operator=(Subscription const&) = delete;
  virtual ~Subscription() = default;

  /// Everything that waits to be sent; empty: nothing does.
  [[nodiscard]] virtual std::string take() = 0;
  /// Nothing more will come: what was taken is the end.
  [[nodiscard]] virtual bool ended() const = 0;
  /// Has `wake` called, from any thread, when something waits or it ends; at once where it does so
  /// already. One at a time; a null one takes it back.
  virtual void on_ready(std::function<void()> wake) = 0;
  /// The connection is gone.
  virtual void close() = 0;
};

}  // namespace guarantor::serve
