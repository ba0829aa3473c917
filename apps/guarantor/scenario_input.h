#pragma once

#include <optional>
#include <string>

#include "guarantor/generate/component_cache.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/viewpoint.h"

namespace guarantor::app {

/// What `tables::load` gives, and what only measuring shows to be wrong: a demand in a sector that
/// its line is too short to have; of it what the viewpoint sees. Error kBadInput for a viewer who
/// is none.
[[nodiscard]] model::Result<tables::Loaded> load_scenario(std::string const& path,
                                                          Viewpoint const& viewpoint);

/// The scenario in a folder or workbook, as the viewpoint sees it. All diagnostics go to standard
/// error, a line each; with an error among them the result is kBadInput.
[[nodiscard]] model::Result<model::Scenario> read_scenario(std::string const& path,
                                                           Viewpoint const& viewpoint);

/// A plan written earlier, from its JSON. Errors: kNotFound, kBadInput.
[[nodiscard]] model::Result<model::ForcePlan> read_plan(std::string const& path);

/// The earlier plan to compare with, where one is named; says so where it is of another scenario.
/// An empty path is no plan and no error.
[[nodiscard]] model::Result<std::optional<model::ForcePlan>> read_earlier_plan(
    std::string const& path, model::Scenario const& scenario);

/// What an earlier run left in a file; nothing known where there is no such file, or no name. Error
/// kBadInput where the file is torn or of another version.
[[nodiscard]] model::Result<generate::ComponentCache> read_warm_start(std::string const& path);

}  // namespace guarantor::app
