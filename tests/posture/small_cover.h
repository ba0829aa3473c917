#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "guarantor/posture/set_cover_core.h"
#include "guarantor/posture/site_choice.h"

/// Small set covering cores, and slow, obvious ways to what is known of them.
namespace guarantor::posture {

/// Up to so many columns and rows, needs of 1 or 2, costs equal, whole or any; all columns together
/// cover each row often enough.
[[nodiscard]] SetCoverCore draw_cover(model::RandomStream& stream, std::size_t most_rows,
                                      std::size_t most_columns);

[[nodiscard]] bool is_cover(SetCoverCore const& core, std::vector<std::size_t> const& columns);
[[nodiscard]] double cost_of(SetCoverCore const& core, std::vector<std::size_t> const& columns);

/// The least cost of a cover with the columns as these states have them, by trying every set.
[[nodiscard]] std::optional<double> least_cover(SetCoverCore const& core,
                                                std::vector<SiteState> const& states);
/// The same where columns may be taken in part, by the solver. Nothing where no columns cover.
[[nodiscard]] std::optional<double> least_cover_in_part(SetCoverCore const& core,
                                                        std::vector<SiteState> const& states);

}  // namespace guarantor::posture
