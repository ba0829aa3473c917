#pragma once

#include <compare>
#include <cstdint>

namespace guarantor::geo {

/// A span of travel in whole milliseconds, from zero to just below `kNever`: 2^31 - 1 ms, some 24
/// days and 20 hours. Sums stop there: what takes that long or longer, like what cannot be reached
/// at all, is never. A time below it is exact.
class TravelTime {
 public:
  using Rep = std::uint32_t;
  static constexpr Rep kNeverCount = 0x7fffffff;

  constexpr TravelTime() = default;
  /// Counts of `kNeverCount` and above are never.
  constexpr explicit TravelTime(std::uint64_t milliseconds)
      : count_{milliseconds < kNeverCount ? static_cast<Rep>(milliseconds) : kNeverCount} {}

  [[nodiscard]] constexpr Rep count() const { return count_; }
  [[nodiscard]] constexpr bool reached() const { return count_ != kNeverCount; }

  friend constexpr TravelTime operator+(TravelTime a, TravelTime b) {
    return TravelTime{std::uint64_t{a.count_} + b.count_};
  }
  friend constexpr bool operator==(TravelTime, TravelTime) = default;
  friend constexpr auto operator<=>(TravelTime, TravelTime) = default;

 private:
  Rep count_{};
};

/// Closed, destroyed, or beyond reach.
inline constexpr TravelTime kNever{TravelTime::kNeverCount};

}  // namespace guarantor::geo
