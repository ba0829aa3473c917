#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/model/error.h"

namespace guarantor::posture {

/// What it costs each demand to be served from each site that can serve it: hours, kilometres or
/// any other measure that is at least zero. Immutable.
class SiteCosts {
 public:
  struct Pair {
    std::size_t demand{};
    std::size_t site{};
    double cost{};
  };
  /// The sites that can serve one demand, the cheapest first, ties by site.
  struct Offers {
    std::span<std::uint32_t const> site;
    std::span<double const> cost;
  };

  /// From a full table, row by row (`costs[demand * sites + site]`); infinity where a site cannot
  /// serve a demand. Error kBadInput for a wrong size and for negative costs and NaN.
  /// O(demands * sites * log sites).
  [[nodiscard]] static model::Result<SiteCosts> from_table(std::size_t demands, std::size_t sites,
                                                           std::span<double const> costs);
  /// From the pairs that can serve, in any order; a pair named twice keeps its lower cost.
  /// Error kBadInput for pairs outside the table and for costs that are negative, infinite or NaN.
  [[nodiscard]] static model::Result<SiteCosts> from_pairs(std::size_t demands, std::size_t sites,
                                                           std::vector<Pair> pairs);

  [[nodiscard]] std::size_t demands() const { return first_.size() - 1; }
  [[nodiscard]] std::size_t sites() const { return sites_; }
  [[nodiscard]] Offers offers(std::size_t demand) const {
    std::size_t const from = first_[demand];
    std::size_t const length = first_[demand + 1] - from;
    return {{site_.data() + from, length}, {cost_.data() + from, length}};
  }

 private:
  explicit SiteCosts(std::size_t sites) : sites_{sites}, first_{0} {}

  std::size_t sites_;
  std::vector<std::size_t> first_;  ///< by demand, and the end
  std::vector<std::uint32_t> site_;
  std::vector<double> cost_;
};

}  // namespace guarantor::posture
