#pragma once

#include <cstddef>
#include <vector>

namespace guarantor::generate {

/// A value for each index and month of a plan, in that order.
template <class Index, class Value>
class ByMonth {
 public:
  ByMonth(std::size_t count, int months)
      : months_{static_cast<std::size_t>(months)}, values_(count * months_) {}

  /// REQUIRES: `index` is below the count, and `month` one of the months.
  [[nodiscard]] Value& at(Index index, int month) {
    return values_[index.place * months_ + static_cast<std::size_t>(month)];
  }
  [[nodiscard]] Value const& at(Index index, int month) const {
    return values_[index.place * months_ + static_cast<std::size_t>(month)];
  }

  /// Calls `visit(index, month, value)` for all.
  template <class Visit>
  void each(Visit const& visit) const {
    for (std::size_t place = 0; place < values_.size(); ++place) {
      visit(Index{place / months_}, static_cast<int>(place % months_), values_[place]);
    }
  }

 private:
  std::size_t months_;
  std::vector<Value> values_;
};

}  // namespace guarantor::generate
