#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// Capacitated location of one commodity, a demand may be served by several sites:
///     minimise  Σ_j open_cost_j y_j + Σ_ij cost_ij x_ij        y_j ∈ {0, 1}, x_ij >= 0
///     (D) demand   Σ_j x_ij = 1                                for each demand i
///     (O) open     x_ij <= y_j
///     (C) capacity Σ_i amount_i x_ij <= capacity_j y_j         for each site j
///     (F) given    y_j = 1 for existing j, y_j = 0 for forbidden j
/// Example: one demand of 2 at cost 1 from either site; opening costs 5 with room for 1 and 9 with
/// room for 2: the optimum is 10, at the second site.
struct CapacitatedLocationProblem {
  struct Service {
    std::uint32_t site{};
    double cost{};  ///< of serving the whole demand from there
  };
  std::vector<double> open_cost;               ///< by site, finite and not negative
  std::vector<double> capacity;                ///< by site, finite and not negative
  std::vector<double> amount;                  ///< by demand, finite and not negative
  std::vector<std::vector<Service>> services;  ///< by demand: each site that can serve it, once
  std::vector<std::size_t> existing;           ///< sites that stand already; their cost counts
  std::vector<std::size_t> forbidden;          ///< sites not to be had
};

/// Of a demand, how much a site serves.
struct ServedShare {
  std::size_t demand{};
  std::size_t site{};
  double share{};  ///< in (0, 1]
  friend bool operator==(ServedShare const&, ServedShare const&) = default;
};

struct CapacitatedAnswer {
  SitingAnswer siting;              ///< `assigned`: the site that serves most of the demand
  std::vector<ServedShare> shares;  ///< by demand, then site; for each demand they add up to 1
};

/// The cheapest sites and who serves whom, with a lower bound on all choices (costs agree within a
/// share of 1e-9). Demands that no allowed sites can serve make an answer that is not feasible,
/// whose reason names the demand, or the amounts where only capacity lacks. Lagrangian prices on
/// the demands with the capacity of all sites kept whole, transportation by shortest augmenting
/// paths, fixing, and branch and bound. Error kBadInput for sizes that do not fit, numbers that are
/// negative or not finite, a site twice in a demand's list, sites both existing and forbidden.
[[nodiscard]] model::Result<CapacitatedAnswer> locate(CapacitatedLocationProblem const& problem,
                                                      SitingRequest const& request,
                                                      model::RunControl const& control);

}  // namespace guarantor::posture
