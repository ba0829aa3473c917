#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "guarantor/model/interval.h"
#include "guarantor/model/quantity.h"

namespace guarantor::report {

/// Units, or people, by month over a horizon, added up from spans.
class MonthlyUnits {
 public:
  explicit MonthlyUnits(std::size_t months = 0) : units_(months) {}

  /// What lies outside the horizon is left out. O(months).
  void add(model::Interval<model::Months> months, std::int64_t units) {
    auto const last =
        std::min<std::int64_t>(months.to.count(), static_cast<std::int64_t>(units_.size()));
    for (std::int64_t m = std::max(0, months.from.count()); m < last; ++m) {
      units_[static_cast<std::size_t>(m)] += units;
    }
  }
  /// Most at once; 0 over no months.
  [[nodiscard]] std::int64_t peak() const {
    return units_.empty() ? 0 : *std::max_element(units_.begin(), units_.end());
  }
  [[nodiscard]] std::int64_t total() const {
    std::int64_t sum = 0;
    for (auto const units : units_) {
      sum += units;
    }
    return sum;
  }

 private:
  std::vector<std::int64_t> units_;
};

}  // namespace guarantor::report
