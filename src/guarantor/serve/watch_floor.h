#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/monitor/watch_desk.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/store/store_files.h"

namespace guarantor::serve {

/// The watch floor of the store: one desk that makes incidents of observations, opened when it is
/// first needed, and opened anew when the scenario it judges by has changed.
class WatchFloor {
 public:
  WatchFloor(StoreGate& gate, std::string scenario) : gate_{gate}, scenario_{std::move(scenario)} {}

  /// The scenario that is watched by; empty: the store has none.
  [[nodiscard]] std::string const& scenario() const { return scenario_; }

 private:
  StoreGate& gate_;
  std::string scenario_;
};

}  // namespace guarantor::serve
