#pragma once

#include <cstddef>
#include <vector>

#include "guarantor/posture/siting_model.h"

namespace guarantor::posture {

/// What open sites are worth, by the model of siting.h, without any search. Sites come ascending.

/// Whether they keep a row.
[[nodiscard]] bool keeps(StandardRow const& row, std::vector<std::size_t> const& open);

/// kMostDemand: the demands for which they keep every row of (S) and (R), of which there is one at
/// least; ascending. Capacities are not looked at.
[[nodiscard]] std::vector<std::size_t> demands_met(SitingModel const& model,
                                                   std::vector<std::size_t> const& open);

/// kWorstTime: the hours of the demand reached last after the worst loss; infinity where some loss
/// cuts one off.
[[nodiscard]] double worst_hours(SitingModel const& model, std::vector<std::size_t> const& open);

struct WorstLoss {
  double total{};                 ///< Σ weight · hours; infinity where a demand is cut off
  std::vector<std::size_t> lost;  ///< ascending; the first of those that are worst
};
/// kMeanTime: the loss after which the weighted hours are most. O(losses that there are · demands).
[[nodiscard]] WorstLoss worst_loss(SitingModel const& model, std::vector<std::size_t> const& open);

/// (C): the least Σ weight · hours of sharing out these demands among sites that are there within
/// the standard and `within` hours; infinity where they have no room.
[[nodiscard]] double shared_hours(SitingModel const& model, std::vector<std::size_t> const& open,
                                  std::vector<std::size_t> const& demands, double within);

/// How every demand is served in every tier.
[[nodiscard]] std::vector<std::vector<Service>> services(SitingModel const& model,
                                                         std::vector<std::size_t> const& open);

}  // namespace guarantor::posture
