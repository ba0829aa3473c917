#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/geo/metres.h"
#include "guarantor/model/error.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/site_costs.h"
#include "guarantor/posture/siting_answer.h"

/// Where reserves, stockpiles or medical stations stand, so that each demand is reached within its
/// standard, also when sites are lost.
///
/// Sets: demands i, sites j (a place that may hold two kinds of unit is two sites), tiers k: what
/// must come, each with times of its own. t^k_ij is the time in which site j reaches demand i in
/// tier k; N^k_i are the sites that do so within the demand's standard of the tier, R^k_i those
/// that do so within the standard after a loss, which is no shorter. O = {j: x_j = 1}.
///
///     (E) existing  x_j = 1                           j that stand already
///     (L) line      x_j = 0                           j forbidden, or too near the line
///     (S) standard  Σ_{j in N^k_i} x_j >= sites^k     i, k with a standard
///     (R) reserve   Σ_{j in R^k_i} x_j >= losses + 1  i, k with a standard
///     (C) capacity  Σ_{j in N^0_i} y_ij = 1           each i
///                   0 <= y_ij <= x_j                  each i, j
///                   Σ_i amount_i y_ij <= capacity_j   each j
///     (P) count     Σ_j x_j <= most_sites
///
/// (L): too near is a candidate at less than `least_to_line`; what exists stays where it is. (R):
/// whichever `losses` open sites are lost, one is left that reaches i in time. (C) holds where
/// there are capacities, while all sites stand, also for demands that have no standard.
///
///     kCheapest     minimise  Σ cost_j x_j over candidates            E L S R C
///     kMostDemand   maximise  Σ weight_i over i that are met          E L P
///     kWorstTime    minimise  max_K max_i T_i(O \ K)                  E L S R C P
///     kMeanTime     minimise  max_K Σ_i w_i T_i(O \ K),               E L S R C P
///                             w_i = weight_i / Σ weight
///
/// A demand is met where S, R and C hold for it in every tier. K runs through the sets of `losses`
/// sites of O, and T_i(O) = min_{j in O} t^0_ij: the worst loss is one for all demands, not one for
/// each. With capacities T_i is that of the shares: the latest, or the mean, and losses must be 0.
///
/// Example: demands at 0 h and 10 h of a road, sites at 1 h, 5 h and 9 h, a standard of 5 h. The
/// middle site reaches both demands: the cheapest is 1 site. With the loss of any one each demand
/// needs two, the middle one and its own: 3 sites.
namespace guarantor::posture {

/// What must come, and how fast.
struct ServiceTier {
  std::string name;
  SiteCosts hours;  ///< by demand and site; a site not named for a demand never reaches it
  std::vector<std::optional<model::Hours>> within;  ///< by demand: its standard, if it has one
  std::size_t sites{1};  ///< that must reach it within the standard: 2 with a backup
  /// By demand: within which one site must reach it after the loss of any others; empty, or nothing
  /// for a demand: as `within`. No shorter than that.
  std::vector<std::optional<model::Hours>> after_loss;
};

/// Times as they would be with a closed link opened again.
struct OpenedLink {
  std::string link;
  std::vector<SiteCosts> hours;  ///< by tier
};

enum class SitingGoal {
  kCheapest,    ///< meet all standards for the least cost
  kMostDemand,  ///< for a number of sites, the greatest weight of demands whose standards are met
  kWorstTime,   ///< for a number of sites, the least time of the demand reached last
  kMeanTime,    ///< for a number of sites, the least mean time, by weight
};

struct SitingProblem {
  SitingGoal goal{SitingGoal::kCheapest};
  std::vector<ServiceTier> tiers;         ///< the first one is that of times and capacities
  std::vector<double> weight;             ///< by demand; empty: 1 each
  std::vector<double> cost;               ///< by site; empty: 1 each. What exists costs nothing
  std::vector<double> capacity;           ///< by site; empty: no limit
  std::vector<double> amount;             ///< by demand, where there are capacities
  std::vector<std::size_t> existing;      ///< open in any case, also near the line
  std::vector<std::size_t> forbidden;     ///< never open
  std::vector<geo::Metres> to_line;       ///< by site; empty where no distance is kept
  geo::Metres least_to_line{};            ///< what a candidate keeps from the line
  std::optional<std::size_t> most_sites;  ///< existing ones included; not for kCheapest
  std::size_t losses{};                   ///< open sites that may be lost, any
  std::vector<OpenedLink> links;          ///< tried where a standard cannot be met
};

/// A standard that the sites which may stand cannot meet, and what would make it possible: as many
/// further sites within it as are missing, a longer one, or one of the links opened.
struct UnmetStandard {
  std::size_t tier{};
  std::size_t demand{};
  std::optional<model::Hours> within;  ///< nothing: reached at all, for the goals that are times
  bool after_loss{};                   ///< it is the one that must hold when sites are lost
  std::size_t wanted{};                ///< sites within it
  std::size_t had{};                   ///< that may stand; fewer than wanted
  std::size_t from{kUnassigned};       ///< the site that is there first, if any reaches it
  std::optional<model::Hours> first;   ///< when that is
  std::optional<model::Hours> longer;  ///< the shortest standard that can be met; nothing: none
  std::vector<std::size_t> kept_away;  ///< sites within it that are forbidden or too near the line
  std::vector<std::size_t> links;      ///< those of the problem's links of which each would do
};

/// How a demand is served in a tier.
struct Service {
  std::size_t site{kUnassigned};           ///< the nearest open one
  std::optional<model::Hours> time;        ///< from there
  std::optional<model::Hours> after_loss;  ///< when sites are lost so that it is latest
  std::size_t within{};                    ///< open sites within its standard
  bool met{};  ///< the standard, also after a loss; true where there is none
};

struct SitingPlan {
  /// Objective and bound in the unit of the cost, of the weight, or in hours. `assigned` is by the
  /// first tier.
  SitingAnswer answer;
  std::vector<std::vector<Service>> services;  ///< by tier, then demand, from the open sites
  std::vector<UnmetStandard> unmet;            ///< by tier, then demand: those no choice can meet
};

/// The sites by the model above, with a bound on every other choice. Where the problem is one of
/// p-median, p-center, covering or capacitated location it is solved as that; else by branch and
/// cut, with the worst losses added as they are found. Standards that no choice can meet are named
/// in `unmet`; where only the number of sites or the capacities are in the way the answer's reason
/// says so. Error kBadInput for sizes that do not fit, numbers that are negative or not finite and
/// a standard after a loss that is shorter than the one before; kRefused for losses together with
/// capacities and times.
[[nodiscard]] model::Result<SitingPlan> site(SitingProblem const& problem,
                                             SitingRequest const& request,
                                             model::RunControl const& control);

}  // namespace guarantor::posture
