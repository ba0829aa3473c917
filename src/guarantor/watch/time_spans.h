#pragma once

#include <chrono>
#include <vector>

#include "guarantor/model/instant.h"
#include "guarantor/model/interval.h"

namespace guarantor::watch {

using TimeSpan = model::Interval<model::Instant>;

/// A set of moments, as spans that neither overlap nor touch, in order. Exact to the microsecond.
class TimeSpans {
 public:
  TimeSpans() = default;
  /// The moments in any of the spans; empty ones hold none. O(n log n).
  explicit TimeSpans(std::vector<TimeSpan> spans);

  [[nodiscard]] std::vector<TimeSpan> const& spans() const { return spans_; }
  [[nodiscard]] bool empty() const { return spans_.empty(); }
  [[nodiscard]] std::chrono::microseconds length() const;
  /// O(log n).
  [[nodiscard]] bool contains(model::Instant moment) const;

  /// In either, in both, in the first alone. Linear in both, but for `united`: O(n log n).
  [[nodiscard]] TimeSpans united(TimeSpans const& other) const;
  [[nodiscard]] TimeSpans within(TimeSpans const& other) const;
  [[nodiscard]] TimeSpans without(TimeSpans const& other) const;
  [[nodiscard]] TimeSpans within(TimeSpan span) const;

  friend bool operator==(TimeSpans const&, TimeSpans const&) = default;

 private:
  std::vector<TimeSpan> spans_;
};

}  // namespace guarantor::watch
