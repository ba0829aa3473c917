#pragma once

#include <mutex>
#include <string>

#include "guarantor/model/run_control.h"
#include "guarantor/session.h"

namespace guarantor::app {

/// One line on standard error that says how far the work has come; nothing where nobody watches.
/// `show` may be called from several threads.
class ProgressLine {
 public:
  explicit ProgressLine(Session const& session);
  ~ProgressLine();
  ProgressLine(ProgressLine const&) = delete;
  ProgressLine& operator=(ProgressLine const&) = delete;

  void show(model::Progress const& step);

 private:
  Session const& session_;
  bool watched_;
  std::size_t width_;
  std::mutex mutex_;
  std::string stage_;
  double shown_at_{-1};
};

}  // namespace guarantor::app
