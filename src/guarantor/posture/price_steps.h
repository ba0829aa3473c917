#pragma once

#include <cstdint>
#include <vector>

namespace guarantor::posture {

/// How long and how boldly prices are raised.
struct AscentEffort {
  int most_steps{};
  double length{};    ///< of the first step, as a share of the way to the target
  int patience{};     ///< steps without a better bound after which the length is halved
  double shortest{};  ///< length at which it gives up
};

/// Moves the prices of a Lagrangian bound along its slopes, each step's direction remembering those
/// before it, and keeps the prices of the best bound. A price is never negative.
class PriceSteps {
 public:
  /// `memory`: the share of the direction before in the new one.
  PriceSteps(std::vector<double> prices, double memory);

  /// Prepares for a run of steps from the present prices.
  void begin(AscentEffort const& effort);
  /// The same from other prices, with nothing known of the bound nor the direction.
  void begin_anew(AscentEffort const& effort, std::vector<double> const& prices);
  /// Takes note of the bound at the present prices.
  void note(double bound);
  /// One step along a slope (by price), aiming at a bound of `target`.
  void advance(std::vector<int> const& slope, double target);
  /// Whether further steps are worth while.
  [[nodiscard]] bool tired() const;
  /// Goes back to the prices of the best bound.
  void take_best() { prices_ = best_prices_; }
  /// Keeps the prices at these places only, ascending.
  void keep(std::vector<std::uint32_t> const& places);

  [[nodiscard]] std::vector<double> const& prices() const { return prices_; }
  [[nodiscard]] std::vector<double> const& best_prices() const { return best_prices_; }
  [[nodiscard]] double bound() const { return bound_; }
  [[nodiscard]] double best_bound() const { return best_bound_; }

 private:
  std::vector<double> prices_;
  std::vector<double> best_prices_;
  std::vector<double> direction_;
  double memory_;
  AscentEffort effort_{};
  double bound_{};
  double best_bound_;
  double target_;
  double length_{};
  int steps_{};
  int idle_{};
};

}  // namespace guarantor::posture
