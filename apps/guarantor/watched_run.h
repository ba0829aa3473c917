#pragma once

#include "guarantor/interruption.h"
#include "guarantor/model/run_control.h"
#include "guarantor/progress_line.h"
#include "guarantor/session.h"

namespace guarantor::app {

/// Long work that a person watches: its progress on standard error, ended by an interruption.
class WatchedRun {
 public:
  explicit WatchedRun(Session const& session) : line_{session} {
    control_.cancel = interruption_.token();
    control_.elapsed = [&session] { return session.elapsed(); };
    control_.progress = [this](model::Progress const& step) { line_.show(step); };
  }
  WatchedRun(WatchedRun const&) = delete;
  WatchedRun& operator=(WatchedRun const&) = delete;

  [[nodiscard]] model::RunControl const& control() const { return control_; }

 private:
  Interruption interruption_;
  ProgressLine line_;
  model::RunControl control_;
};

}  // namespace guarantor::app
