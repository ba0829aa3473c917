#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "guarantor/model/vocabulary.h"

/// Counts that cannot be told without how much was watched: silence is not peace.
namespace guarantor::model {

/// How much of a time was watched. Over several sectors both add up.
struct WatchedTime {
  std::chrono::microseconds watched{};
  std::chrono::microseconds whole{};
  std::int64_t looks{};  ///< of satellites, which are no presence and add nothing to `watched`

  WatchedTime& operator+=(WatchedTime const& other) {
    watched += other.watched;
    whole += other.whole;
    looks += other.looks;
    return *this;
  }
  [[nodiscard]] bool none() const { return watched.count() == 0; }
  [[nodiscard]] bool all() const { return watched == whole && !none(); }
  /// In [0, 1]; of no time at all 0.
  [[nodiscard]] double share() const {
    return whole.count() == 0
               ? 0.0
               : static_cast<double>(watched.count()) / static_cast<double>(whole.count());
  }
  friend bool operator==(WatchedTime const&, WatchedTime const&) = default;
};

/// `6 of 24 h`, `23.9 of 24 h`: tenths of hours, rounded so that it never says all where a little
/// is missing, nor none where there was a little.
[[nodiscard]] std::string print(WatchedTime const& time);

/// What was counted while it was watched. There is no way to its number that could show a zero
/// where nobody watched.
class WatchedCount {
 public:
  WatchedCount() = default;
  WatchedCount(std::int64_t count, WatchedTime time) : count_{count}, time_{time} {}

  /// Nothing where none was seen and nobody watched.
  [[nodiscard]] std::optional<std::int64_t> number() const {
    return count_ == 0 && time_.none() ? std::nullopt : std::optional{count_};
  }
  [[nodiscard]] WatchedTime const& time() const { return time_; }

  WatchedCount& operator+=(WatchedCount const& other) {
    count_ += other.count_;
    time_ += other.time_;
    return *this;
  }
  friend bool operator==(WatchedCount const&, WatchedCount const&) = default;

 private:
  std::int64_t count_{};
  WatchedTime time_;
};

/// `not watched`, `not watched (2 looks)`, `0 (watched 6 of 24 h)`, `3 (not watched)`, `3`: the
/// number alone only where all of the time was watched.
[[nodiscard]] std::string print(WatchedCount const& count);
/// The same in the width of a table's cell: `n. w.`, `0*`, `3*`, `3`; the star says that the time
/// was watched in part or not at all.
[[nodiscard]] std::string print_briefly(WatchedCount const& count);

/// Why a sector was not watched.
enum class BlindReason {
  kNobody,       ///< nothing that watches was there
  kHours,        ///< what is there does not watch at these hours of the day
  kOutage,       ///< it did not work
  kCloud,        ///< it needs a clear sky
  kJamming,      ///< it was jammed
  kRestriction,  ///< monitors were kept away
};
template <>
inline constexpr Words<6> kWords<BlindReason>{"nobody", "hours",   "outage",
                                              "cloud",  "jamming", "restriction"};

/// For how long of what was not watched a reason held; of several at once each.
struct BlindTime {
  BlindReason reason{BlindReason::kNobody};
  std::chrono::microseconds time{};
  friend bool operator==(BlindTime const&, BlindTime const&) = default;
};

}  // namespace guarantor::model
