#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/posture/capacitated_p_median_knapsack.h"
#include "guarantor/posture/capacitated_p_median_part.h"
#include "guarantor/posture/price_steps.h"

namespace guarantor::posture {

/// Lower bounds on a part from prices that demands pay to be served: each site fills its capacity
/// with the demands that pay most above their cost there, and the best sites bound every solution.
class CapacitatedPrices {
 public:
  /// REQUIRES: `table` outlives this.
  explicit CapacitatedPrices(CapacitatedTable const& table);

  /// Starts on a part with given prices.
  void begin(CapacitatedPart const& part, std::vector<double> const& prices,
             AscentEffort const& effort);
  /// The bound at the present prices.
  double evaluate(CapacitatedPart const& part);
  /// Moves the prices along the slope of the last evaluation, aiming at a bound of `target`.
  void advance(double target) { steps_.advance(slope_, target); }
  void take_best() { steps_.take_best(); }
  /// Decides sites by the last bound; true if any was. Call `conclude` after it.
  bool settle_sites(CapacitatedPart& part, double cutoff) const;
  /// Forbids pairs by the last bound; true if any was. Call `conclude` after it.
  bool settle_pairs(CapacitatedPart& part, double cutoff);
  [[nodiscard]] bool tired() const { return steps_.tired(); }

  [[nodiscard]] double best_bound() const { return steps_.best_bound(); }
  [[nodiscard]] std::vector<double> const& best_prices() const { return steps_.best_prices(); }
  [[nodiscard]] std::vector<std::uint32_t> const& chosen() const { return chosen_; }
  /// The demands that a chosen site takes in the last bound.
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> const& taken() const { return taken_; }
  /// How often the bounds of late gave a demand to a site, in [0, 1].
  [[nodiscard]] double pair_share(std::size_t demand, std::size_t site) const {
    return pair_share_[site * table_.demands + demand];
  }

 private:
  struct Loss {
    std::uint32_t site;
    double amount;
  };

  [[nodiscard]] double loss_without(std::uint32_t site, std::size_t item,
                                    CapacitatedPart const& part, double floor) const;
  [[nodiscard]] std::vector<std::vector<Loss>> losses(CapacitatedPart const& part,
                                                      double floor) const;
  void fill(CapacitatedPart const& part);
  [[nodiscard]] bool undecided(CapacitatedPart const& part, std::size_t demand,
                               std::size_t site) const {
    return part.certain[demand] == kNoSite && part.allowed[site * table_.demands + demand] != 0;
  }
  void choose(CapacitatedPart const& part);
  void solve(std::size_t site, CapacitatedPart const& part);
  void remember();

  CapacitatedTable const& table_;
  std::vector<SiteKnapsack> knapsacks_;  ///< by site
  std::vector<std::vector<std::uint32_t>>
      list_;                          ///< by site: demands it might take when the part was begun
  std::vector<double> fixed_;         ///< by site: paid by its certain demands
  std::vector<double> worth_;         ///< by site
  std::vector<std::uint8_t> solved_;  ///< by site: worth is exact
  std::vector<std::uint32_t> order_;  ///< free sites by worth
  std::vector<std::uint32_t> chosen_;
  std::vector<std::vector<std::uint32_t>> taken_;
  PriceSteps steps_;
  std::vector<int> slope_;
  std::vector<double> pair_share_;
  std::size_t wanted_{};  ///< free sites to choose
  double bound_{};
};

}  // namespace guarantor::posture
