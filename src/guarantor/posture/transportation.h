#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace guarantor::posture {

/// Serves demands from given sites at least cost within their capacities; a demand may be split.
/// Every demand begins at its cheapest site, and what a site has too much goes by shortest paths
/// from site to site, each hop handing on the demand for which it costs least (successive shortest
/// paths with potentials on a graph of sites alone). Reused from question to question.
class Transportation {
 public:
  static constexpr double kCannot = std::numeric_limits<double>::infinity();

  /// Amounts by demand.
  explicit Transportation(std::vector<double> amount);

  /// The least cost of serving all from sites with these capacities; kCannot if it cannot be done.
  /// `cost` holds by demand, then site, what the whole demand costs there (kCannot: never).
  /// O(hand-overs · (sites² + demands a site)).
  [[nodiscard]] double solve(std::span<double const> capacity, std::span<double const> cost);
  /// Of the last solution: what share of a demand a site serves.
  [[nodiscard]] double share(std::size_t demand, std::size_t site) const {
    return flow_[demand * sites_ + site];
  }

 private:
  struct Arc {
    double length{kCannot};
    std::uint32_t demand{};
  };

  bool start();
  bool relieve(std::size_t from);
  bool find_path(std::size_t from, std::size_t& to);
  void offer(std::size_t site, std::uint32_t demand);
  void look_up(std::size_t site);
  [[nodiscard]] double unit_cost(std::size_t demand, std::size_t site) const {
    return cost_[demand * sites_ + site] / amount_[demand];
  }

  std::vector<double> amount_;
  double total_{0};
  std::size_t sites_{0};
  std::span<double const> capacity_;
  std::span<double const> cost_;
  std::vector<double> flow_;                        ///< by demand, site: share
  std::vector<double> load_;                        ///< by site
  std::vector<std::vector<std::uint32_t>> serves_;  ///< by site: its demands of some amount
  std::vector<Arc> arcs_;                           ///< by site, site
  std::vector<double> potential_;
  std::vector<double> distance_;
  std::vector<std::size_t> before_;
  std::vector<char> done_;
};

}  // namespace guarantor::posture
