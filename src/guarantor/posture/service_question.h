#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/posture/p_center_cover.h"
#include "guarantor/posture/site_costs.h"

namespace guarantor::posture {

/// Which sites would serve each demand at a weighted cost of at most `limit`; infinity: at any.
[[nodiscard]] CoverQuestion service_question(SiteCosts const& costs,
                                             std::vector<double> const& weights,
                                             std::vector<SiteState> const& states,
                                             std::size_t count, double limit);

/// Why no set of so many sites serves every demand, where a cover was found impossible.
[[nodiscard]] std::string why_unserved(CoverQuestion const& question);

/// The nearest open site of each demand; nothing where one has none.
[[nodiscard]] std::optional<std::vector<std::size_t>> nearest_open(
    SiteCosts const& costs, std::vector<std::size_t> const& open);

/// The cost of a demand at a site. REQUIRES: the site can serve it.
[[nodiscard]] double cost_at(SiteCosts const& costs, std::size_t demand, std::size_t site);

}  // namespace guarantor::posture
