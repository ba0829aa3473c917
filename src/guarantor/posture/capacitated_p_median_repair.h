#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/posture/capacitated_p_median_part.h"

namespace guarantor::posture {

struct CapacitatedSolution {
  std::vector<std::uint32_t> open;  ///< sites
  std::vector<std::uint32_t> site;  ///< by demand
  double cost{};
};

/// Makes solutions from what bounds suggest and improves them: a demand moves to another site, two
/// demands change places, a site gives way to another that serves its demands more cheaply.
class CapacitatedRepair {
 public:
  /// REQUIRES: `table` outlives this. Sites of `states` that are not free stay as they are.
  CapacitatedRepair(CapacitatedTable const& table, std::vector<SiteState> states);

  /// Completes an assignment (kNoSite where a demand has none yet) to the solution's open sites and
  /// improves it. False where it finds no room.
  bool complete(CapacitatedSolution& solution);
  /// Exchanges one site after another for those that would serve its demands best, giving these out
  /// anew, until nothing helps. True if the solution became cheaper.
  bool exchange_sites(CapacitatedSolution& solution);

 private:
  [[nodiscard]] std::vector<std::uint32_t> substitutes(CapacitatedSolution const& solution,
                                                       std::uint32_t site) const;
  bool place_rest(CapacitatedSolution& solution);
  bool make_room(CapacitatedSolution& solution, std::size_t demand);
  bool move_one(CapacitatedSolution& solution);
  bool change_places(CapacitatedSolution& solution);
  bool replace_site(CapacitatedSolution& solution);
  void give(CapacitatedSolution& solution, std::size_t demand, std::uint32_t site);
  [[nodiscard]] bool fits(double quantity, std::size_t site) const {
    return quantity <= left_[site] + kSizeRounding;
  }

  CapacitatedTable const& table_;
  std::vector<SiteState> states_;
  std::vector<double> left_;  ///< by site
};

}  // namespace guarantor::posture
