#pragma once

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "guarantor/model/instant.h"
#include "guarantor/model/random_stream.h"

namespace guarantor::watch {

/// Draws of the replay, each purpose and number with a stream of its own.
class ReplayDraw {
 public:
  ReplayDraw(std::uint64_t seed, std::string_view purpose, std::uint64_t number)
      : stream_{seed, purpose, number} {}

  double between(double low, double high) { return low + (high - low) * stream_.uniform(); }
  bool chance(double probability) { return stream_.uniform() < probability; }
  /// REQUIRES: low <= high. Both are drawn.
  std::int64_t whole(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(
                     std::floor(stream_.uniform() * static_cast<double>(high - low + 1)));
  }
  /// REQUIRES: not empty.
  template <class T>
  T const& of(std::vector<T> const& list) {
    return list[static_cast<std::size_t>(whole(0, static_cast<std::int64_t>(list.size()) - 1))];
  }
  std::chrono::seconds minutes(double low, double high) {
    constexpr double kSeconds = 60;
    return std::chrono::seconds{static_cast<std::int64_t>(kSeconds * between(low, high))};
  }
  std::chrono::seconds hours(double low, double high) {
    constexpr double kMinutes = 60;
    return minutes(kMinutes * low, kMinutes * high);
  }

 private:
  model::RandomStream stream_;
};

}  // namespace guarantor::watch
