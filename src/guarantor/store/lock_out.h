#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "guarantor/model/instant.h"

namespace guarantor::store {

/// When guessing ends: so many refused passwords within a window lock an account for a while.
struct LockOutRules {
  int most_refused{5};
  std::chrono::minutes window{15};
  std::chrono::minutes lock{15};
};

/// Until when an account is locked by the passwords refused so far, in order of time; nothing where
/// it is not at `now`. What is refused because of the lock does not lengthen it. O(refused).
/// REQUIRES: `most_refused` is at least 1.
[[nodiscard]] std::optional<model::Instant> locked_until(std::span<model::Instant const> refused,
                                                         model::Instant now,
                                                         LockOutRules const& rules);

}  // namespace guarantor::store
