#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/posture/p_median_instance.h"

namespace guarantor::posture {

/// Improves sets of sites by exchanging one for another until no exchange helps, keeping for every
/// demand its two nearest open sites and for every pair what the exchange would bring (Resende and
/// Werneck, "A fast swap-based local search procedure for location problems", 2007).
class MedianInterchange {
 public:
  /// REQUIRES: `instance` outlives this.
  explicit MedianInterchange(MedianInstance const& instance);

  /// What a set costs; a demand that none of its sites can serve costs `missing()`.
  [[nodiscard]] double cost(std::vector<std::uint32_t> const& open);
  /// The set after the best exchanges, one after another; its cost.
  double improve(std::vector<std::uint32_t>& open);
  /// A set grown site by site, each the one that helps most.
  [[nodiscard]] std::vector<std::uint32_t> grown() const;
  /// More than any set costs that serves every demand.
  [[nodiscard]] double missing() const { return missing_; }

 private:
  struct Nearest {
    double cost;
    std::uint32_t slot;
  };
  struct Exchange {
    double gain;
    std::uint32_t in;
    std::uint32_t slot;
  };

  void find_nearest(std::size_t demand);
  void count_in(std::size_t demand, double sign);
  [[nodiscard]] Exchange best_exchange(std::vector<std::uint32_t> const& open) const;
  void exchange(Exchange const& best, std::vector<std::uint32_t>& open);

  MedianInstance const& instance_;
  double missing_{1};
  std::vector<std::uint32_t> column_first_;  ///< by site: the demands it can serve
  std::vector<std::uint32_t> column_demand_;
  std::vector<double> column_cost_;
  std::vector<std::uint32_t> slot_of_;  ///< by site: its place in the set, or none
  std::vector<Nearest> nearest_;        ///< by demand
  std::vector<Nearest> second_;
  std::vector<double> gain_;   ///< by site: saved by adding it
  std::vector<double> loss_;   ///< by slot: lost by removing it
  std::vector<double> extra_;  ///< by site and slot: what gain and loss count wrongly together
};

}  // namespace guarantor::posture
