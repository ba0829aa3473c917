#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "guarantor/posture/site_choice.h"

namespace guarantor::posture {

inline constexpr std::uint32_t kNoSite = std::numeric_limits<std::uint32_t>::max();
inline constexpr double kSizeRounding =
    1e-9;  ///< by which sums of quantities may exceed a capacity

/// The numbers of a capacitated p-median problem, laid out for the search.
struct CapacitatedTable {
  std::size_t demands{};
  std::size_t sites{};
  std::size_t count{};
  std::vector<double> cost;  ///< by site and demand, weighted; infinity where it cannot serve
  std::vector<double> quantity;
  std::vector<double> capacity;
  double step{};    ///< every cost is a multiple of it; 0: none known
  double beyond{};  ///< more than any solution costs

  [[nodiscard]] double const* costs_of(std::size_t site) const {
    return cost.data() + site * demands;
  }
  [[nodiscard]] double cost_at(std::size_t demand, std::size_t site) const {
    return cost[site * demands + demand];
  }
};

/// A part of the solutions: which sites are open or closed in all of them, which demands a site may
/// still take, and what follows from both.
struct CapacitatedPart {
  std::vector<SiteState> state;        ///< by site
  std::vector<std::uint8_t> allowed;   ///< by site and demand
  std::vector<std::uint32_t> choices;  ///< by demand: sites it may still go to
  std::vector<std::uint32_t> certain;  ///< by demand: its only site, or kNoSite
  std::vector<double> left;            ///< by site: capacity beyond the certain demands
  std::size_t open{};                  ///< sites certain to be open
  std::size_t closed{};
};

[[nodiscard]] CapacitatedPart whole_part(CapacitatedTable const& table,
                                         std::vector<SiteState> const& states);

void forbid(CapacitatedPart& part, CapacitatedTable const& table, std::size_t demand,
            std::size_t site);
void open_site(CapacitatedPart& part, std::size_t site);
void close_site(CapacitatedPart& part, CapacitatedTable const& table, std::size_t site);

/// Draws the conclusions of what was decided. False where the part holds no solution.
[[nodiscard]] bool conclude(CapacitatedPart& part, CapacitatedTable const& table);

}  // namespace guarantor::posture
