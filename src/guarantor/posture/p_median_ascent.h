#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/posture/p_median_instance.h"
#include "guarantor/posture/price_steps.h"

namespace guarantor::posture {

/// Lower bounds on a p-median instance from prices that demands pay to be served (Lagrangian
/// relaxation of "each demand at one site"): a site is worth what the demands pay above their cost
/// there, and the best sites by worth bound every choice. Sites that no solution below a cutoff
/// can open, or can do without, are decided on the way and the instance shrinks.
class MedianAscent {
 public:
  /// What came of an evaluation at the present prices.
  struct Step {
    double bound{};
    std::vector<std::uint32_t> const& chosen;  ///< the sites of the bound, by the instance
  };

  MedianAscent(MedianInstance instance, std::vector<double> prices);

  /// Bounds the instance at the present prices. O(offers below their demand's price + sites).
  Step evaluate();
  /// Decides the sites whose other state would lift the last bound to the cutoff; true if any was.
  bool settle(double cutoff);
  /// Drops what is decided once it pays; `force`: even when little is.
  void shrink(bool force);
  /// Moves the prices along the slope of the last evaluation, aiming at a bound of `target`.
  void advance(double target);
  /// Prepares for a run of steps.
  void begin(AscentEffort const& effort) { steps_.begin(effort); }
  /// Whether further steps are worth while.
  [[nodiscard]] bool tired() const { return steps_.tired(); }
  /// Goes back to the prices of the best bound.
  void take_best() { steps_.take_best(); }

  [[nodiscard]] MedianInstance const& instance() const { return instance_; }
  [[nodiscard]] std::vector<double> const& prices() const { return steps_.prices(); }
  [[nodiscard]] double best_bound() const { return steps_.best_bound(); }
  /// The free site whose part in the bounds' choices of late is least clear. REQUIRES: there is
  /// one.
  [[nodiscard]] std::uint32_t least_clear() const;
  /// Decides a site.
  void decide(std::uint32_t site, SiteState state);
  /// How often the bounds of late chose a site, in [0, 1].
  [[nodiscard]] double share(std::uint32_t site) const { return share_[site]; }
  [[nodiscard]] std::size_t open() const { return open_; }

 private:
  void choose();
  void find_slope();

  MedianInstance instance_;
  PriceSteps steps_;
  std::vector<int> slope_;
  std::vector<std::uint32_t> reach_;  ///< by demand: offers below its price
  std::vector<double> worth_;         ///< by site, at most zero
  std::vector<double> share_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::uint8_t> is_chosen_;
  std::size_t open_{};     ///< sites certain to be open
  std::size_t decided_{};  ///< closed since the instance last shrank
  bool opened_{};          ///< some site became certain since then
  double worst_in_{};
  double best_out_{};
  double bound_{};
};

}  // namespace guarantor::posture
