#include "guarantor/interruption.h"

#include <pthread.h>
#include <unistd.h>

namespace guarantor::app {
namespace {

constexpr int kNoLongerNeeded = SIGUSR1;

/// Waits for the signals in a thread of its own: there, unlike in a handler, anything may be
/// called.
void wait_for_signals(sigset_t const& awaited, std::stop_source& source) {
  int signal = 0;
  while (sigwait(&awaited, &signal) == 0 && signal != kNoLongerNeeded) {
    if (source.stop_requested()) {
      _exit(128 + signal);
    }
    source.request_stop();
  }
}

}  // namespace

Interruption::Interruption() {
  sigemptyset(&awaited_);
  sigaddset(&awaited_, SIGINT);
  sigaddset(&awaited_, SIGTERM);
  sigaddset(&awaited_, kNoLongerNeeded);
  pthread_sigmask(SIG_BLOCK, &awaited_, &before_);
  waiter_ = std::thread{[this] { wait_for_signals(awaited_, source_); }};
}

Interruption::~Interruption() {
  pthread_kill(waiter_.native_handle(), kNoLongerNeeded);
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace guarantor::app
