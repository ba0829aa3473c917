#pragma once

#include <cstdint>
#include <vector>

namespace guarantor::posture {

/// Which demands a site would best take for what they pay, within its capacity: a 0-1 knapsack
/// whose items are kept by profit per unit.
class SiteKnapsack {
 public:
  struct Item {
    double profit;  ///< above zero
    double size;
    double rate;  ///< profit per unit of size
    std::uint32_t demand;
  };

  void clear() { items_.clear(); }
  void add(std::uint32_t demand, double profit, double size);
  /// Orders the items. Before it no question below may be asked.
  void order();

  [[nodiscard]] std::vector<Item> const& items() const { return items_; }
  /// No choice is worth more: items may be taken in part. O(items).
  [[nodiscard]] double linear(double capacity) const { return linear_from(0, capacity); }
  /// Likewise without one item.
  [[nodiscard]] double linear_without(std::size_t left_out, double capacity) const;
  /// The value of the best choice, exact but for very hard cases, then a little more.
  double solve(double capacity);
  /// By item: whether the last choice takes it.
  [[nodiscard]] std::vector<std::uint8_t> const& taken() const { return best_taken_; }

 private:
  [[nodiscard]] double linear_from(std::size_t item, double capacity) const;
  void search(std::size_t item, double capacity, double value);

  std::vector<Item> items_;
  std::vector<std::uint8_t> taken_;
  std::vector<std::uint8_t> best_taken_;
  double best_{};
  long steps_{};
};

}  // namespace guarantor::posture
