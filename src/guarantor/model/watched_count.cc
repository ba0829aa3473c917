#include "guarantor/model/watched_count.h"

#include <fmt/format.h>

#include <algorithm>

namespace guarantor::model {
namespace {

constexpr std::int64_t kTenth = 360'000'000;  ///< of an hour, microseconds

std::string hours(std::int64_t tenths) {
  return tenths % 10 == 0 ? fmt::format("{}", tenths / 10)
                          : fmt::format("{}.{}", tenths / 10, tenths % 10);
}

}  // namespace

std::string print(WatchedTime const& time) {
  auto const whole = (time.whole.count() + kTenth - 1) / kTenth;
  auto const watched = time.all() ? whole : time.watched.count() / kTenth;
  if (watched == 0 && !time.none()) {
    return fmt::format("less than 0.1 of {} h", hours(whole));
  }
  return fmt::format("{} of {} h", hours(watched), hours(whole));
}

std::string print(WatchedCount const& count) {
  auto const& time = count.time();
  auto const looks =
      time.looks == 0 ? "" : fmt::format("{} look{}", time.looks, time.looks == 1 ? "" : "s");
  auto const number = count.number();
  if (!number) {
    return looks.empty() ? "not watched" : fmt::format("not watched ({})", looks);
  }
  if (time.none()) {
    return fmt::format("{} (not watched{}{})", *number, looks.empty() ? "" : ", ", looks);
  }
  return time.all() ? fmt::format("{}", *number)
                    : fmt::format("{} (watched {})", *number, print(time));
}

std::string print_briefly(WatchedCount const& count) {
  auto const number = count.number();
  return number ? fmt::format("{}{}", *number, count.time().all() ? "" : "*") : "n. w.";
}

}  // namespace guarantor::model
