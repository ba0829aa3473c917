#pragma once

#include <cstdint>
#include <functional>

#include "guarantor/model/date.h"
#include "guarantor/model/instant.h"

namespace guarantor::monitor {

/// The marks under which a store finds a day's incidents, a day's records of the monitors' own
/// work, and all that was announced.
[[nodiscard]] std::uint64_t incident_mark(model::Date day);
[[nodiscard]] std::uint64_t work_mark(model::Date day);
inline constexpr std::uint64_t kNoticeMark = 1;
/// Of monitors' work that lasts longer than `kMostDays`.
inline constexpr std::uint64_t kLongWorkMark = 2;

/// Calls with every day that a span touches, at most `kMostDays` of them.
inline constexpr int kMostDays = 400;
void each_day(model::Instant from, model::Instant to,
              std::function<void(model::Date)> const& visit);

}  // namespace guarantor::monitor
