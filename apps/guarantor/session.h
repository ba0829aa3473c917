#pragma once

#include <chrono>

#include "guarantor/model/quantity.h"

namespace guarantor::app {

/// One run of the program. Time counts from its start, so that a time limit covers reading too.
class Session {
 public:
  explicit Session(std::chrono::steady_clock::time_point start) : start_{start} {}

  [[nodiscard]] model::Seconds elapsed() const {
    std::chrono::duration<double> const span = std::chrono::steady_clock::now() - start_;
    return model::Seconds{span.count()};
  }

 private:
  std::chrono::steady_clock::time_point start_;
};

}  // namespace guarantor::app
