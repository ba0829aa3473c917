#pragma once

#include <algorithm>

namespace guarantor::model {

/// The half-open span `[from, to)`; empty when `from >= to`. The only interval type of the project.
template <class T>
struct Interval {
  T from{};
  T to{};

  [[nodiscard]] constexpr bool empty() const { return !(from < to); }
  [[nodiscard]] constexpr bool contains(T point) const { return !(point < from) && point < to; }
  [[nodiscard]] constexpr bool overlaps(Interval other) const {
    return !intersection(other).empty();
  }
  [[nodiscard]] constexpr Interval intersection(Interval other) const {
    return {std::max(from, other.from), std::min(to, other.to)};
  }
  [[nodiscard]] constexpr auto length() const { return empty() ? to - to : to - from; }

  friend constexpr bool operator==(Interval const&, Interval const&) = default;
};

}  // namespace guarantor::model
