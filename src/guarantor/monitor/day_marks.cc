#include "guarantor/monitor/day_marks.h"

#include <algorithm>
#include <chrono>

namespace guarantor::monitor {
namespace {

// Marks of places are spread over all numbers; these lie together, far apart from each other.
constexpr std::uint64_t kIncidentDays = 1'000'000'000;
constexpr std::uint64_t kWorkDays = 3'000'000'000;

}  // namespace

std::uint64_t incident_mark(model::Date day) {
  return kIncidentDays + static_cast<std::uint64_t>(day.time_since_epoch().count());
}

std::uint64_t work_mark(model::Date day) {
  return kWorkDays + static_cast<std::uint64_t>(day.time_since_epoch().count());
}

void each_day(model::Instant from, model::Instant to,
              std::function<void(model::Date)> const& visit) {
  auto day = std::chrono::floor<std::chrono::days>(from);
  auto const last = std::chrono::floor<std::chrono::days>(std::max(from, to));
  for (int count = 0; day <= last && count < kMostDays; ++count, day += std::chrono::days{1}) {
    visit(day);
  }
}

}  // namespace guarantor::monitor
