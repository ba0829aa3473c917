#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "guarantor/model/quantity.h"

namespace guarantor::model {

/// How far a long piece of work has come.
struct Progress {
  std::string stage;
  std::optional<double> objective;
  std::optional<double> bound;
  double share_done{};  ///< in [0, 1], a rough guide
};

/// The world outside an algorithm: the clock, the person watching and the person who may cancel.
/// All members may be left as they are: then nothing limits, reports or stops the work.
struct RunControl {
  std::stop_token cancel;
  std::optional<Seconds> time_limit;  ///< on the scale of `elapsed`
  std::function<Seconds()> elapsed;   ///< since the run began, reading included
  std::function<void(Progress const&)> progress;

  [[nodiscard]] bool cancelled() const { return cancel.stop_requested(); }
  /// What is left of the time limit; nothing where there is none.
  [[nodiscard]] std::optional<Seconds> remaining() const {
    if (!time_limit || !elapsed) {
      return std::nullopt;
    }
    return *time_limit - elapsed();
  }
  [[nodiscard]] bool must_stop() const {
    auto const left = remaining();
    return cancelled() || (left && left->count() <= 0);
  }
  void report(Progress const& step) const {
    if (progress) {
      progress(step);
    }
  }
};

}  // namespace guarantor::model
