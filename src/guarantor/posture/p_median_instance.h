#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/posture/site_choice.h"
#include "guarantor/posture/site_costs.h"

namespace guarantor::posture {

/// The part of a p-median problem that is still to be decided: closed sites and demands whose site
/// is certain are gone, and no demand lists a site beyond one that is open in any case.
struct MedianInstance {
  struct Offers {
    std::uint32_t const* site;
    double const* cost;
    std::size_t length;
  };

  double settled{};                  ///< cost of the demands that are gone
  std::size_t count{};               ///< sites to open, the certain ones included
  std::vector<std::uint32_t> name;   ///< by site: its place in the problem
  std::vector<SiteState> state;      ///< by site: free or open
  std::vector<std::uint32_t> first;  ///< by demand, and the end: where its offers begin
  std::vector<std::uint32_t> site;
  std::vector<double> cost;  ///< weighted, ascending for each demand
  bool possible{true};  ///< false where some demand has no site left or the count cannot be met

  [[nodiscard]] std::size_t sites() const { return name.size(); }
  [[nodiscard]] std::size_t demands() const { return first.size() - 1; }
  [[nodiscard]] Offers offers(std::size_t demand) const {
    return {site.data() + first[demand], cost.data() + first[demand],
            first[demand + 1] - first[demand]};
  }
};

/// The whole problem as an instance: every site that is not closed, weighted costs. A demand
/// without weight keeps its offers, at no cost.
[[nodiscard]] MedianInstance median_instance(SiteCosts const& costs,
                                             std::vector<double> const& weights,
                                             std::vector<SiteState> const& states,
                                             std::size_t count);

/// The instance with some sites decided, by its own sites; `kept` lists the demands that stay.
/// O(offers).
[[nodiscard]] MedianInstance narrowed(MedianInstance const& instance,
                                      std::vector<SiteState> const& states,
                                      std::vector<std::uint32_t>& kept);

/// The largest whole number that divides every cost, or 0 where some cost is not whole: then costs
/// of solutions may lie arbitrarily close together.
[[nodiscard]] double cost_step(MedianInstance const& instance);

}  // namespace guarantor::posture
