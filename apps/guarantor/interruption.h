#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace guarantor::app {

/// While one lives, Ctrl-C (SIGINT) and SIGTERM ask the work to stop instead of ending the program,
/// so that the best result so far is still written. A second one ends the program at once.
/// One at a time, made before other threads are started, so that they inherit its signal mask.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(Interruption const&) = delete;
  Interruption& operator=(Interruption const&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  sigset_t awaited_{};
  sigset_t before_{};
  std::thread waiter_;
};

}  // namespace guarantor::app
