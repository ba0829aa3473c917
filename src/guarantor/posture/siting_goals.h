#pragma once

#include <limits>
#include <vector>

#include "guarantor/posture/siting_model.h"

/// One function a goal of siting.h. REQUIRES of each: no more sites exist than may be open, and,
/// but for kMostDemand, all sites together keep every row of the model. `assigned` is of use for
/// kMostDemand alone: kUnassigned where a demand is not met.
namespace guarantor::posture {

[[nodiscard]] model::Result<SitingAnswer> cheapest(SitingModel const& model,
                                                   SitingRequest const& request,
                                                   model::RunControl const& control);
[[nodiscard]] model::Result<SitingAnswer> most_demand(SitingModel const& model,
                                                      SitingRequest const& request,
                                                      model::RunControl const& control);
[[nodiscard]] model::Result<SitingAnswer> worst_time(SitingModel const& model,
                                                     SitingRequest const& request,
                                                     model::RunControl const& control);
[[nodiscard]] model::Result<SitingAnswer> mean_time(SitingModel const& model,
                                                    SitingRequest const& request,
                                                    model::RunControl const& control);

/// The cheapest sites that keep these rows and, where there are capacities, (C) within so many
/// hours. What exists costs nothing.
[[nodiscard]] model::Result<SitingAnswer> cheapest_that_keep(
    SitingModel const& model, std::vector<StandardRow> const& rows, std::vector<double> const& cost,
    double within, SitingRequest const& request, model::RunControl const& control);

/// Some sites, at most as many as may be open, that keep the rows and (C); `proven` says that the
/// question is answered. Where there are none and the hours are not limited, the reason says how
/// many it takes. REQUIRES: all sites together keep every row, or the hours are limited.
[[nodiscard]] model::Result<SitingAnswer> few_enough(SitingModel const& model,
                                                     std::vector<StandardRow> const& rows,
                                                     double within, SitingRequest const& request,
                                                     model::RunControl const& control);

}  // namespace guarantor::posture
