#pragma once

#include <filesystem>
#include <optional>

#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/promise_ledger.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"
#include "guarantor/report/map_scene.h"
#include "guarantor/report/side_by_side.h"

namespace guarantor::app {

/// What the map of a scenario is drawn from: its sectors, the sites where there are any, and the
/// base map of this program.
[[nodiscard]] model::Result<report::MapSource> map_source(
    model::Scenario const& scenario, std::optional<model::SitePlan> const& sites);

/// Makes the folder, with its parents, before any work is done for it. Error kUnwritable.
[[nodiscard]] model::Result<model::Done> prepare_folder(std::filesystem::path const& folder);

/// Writes every rendering of a plan: plan.json, the CSV tables, the map's layers as GeoJSON,
/// plan.xlsx and brief.html, and what `write_site_folder` writes where there are sites, each file
/// whole or not at all. Error kUnwritable.
[[nodiscard]] model::Result<model::Done> write_plan_folder(
    std::filesystem::path const& folder, model::Scenario const& scenario,
    model::ForcePlan const& plan, std::optional<model::SitePlan> const& sites,
    std::optional<model::ForcePlan> const& since);

/// Writes sites.json, sites.csv, reached.csv, out_of_reach.csv and the map's layers as GeoJSON.
/// Error kUnwritable.
[[nodiscard]] model::Result<model::Done> write_site_folder(std::filesystem::path const& folder,
                                                           model::Scenario const& scenario,
                                                           model::SitePlan const& sites);

/// Writes scenarios side by side: compare.html, compare.json, compare.xlsx and the CSV tables.
[[nodiscard]] model::Result<model::Done> write_side_by_side(std::filesystem::path const& folder,
                                                            report::SideBySide const& sides);

/// Writes the CSV tables of the same alone.
[[nodiscard]] model::Result<model::Done> write_csv_folder(std::filesystem::path const& folder,
                                                          report::SideBySide const& sides);

/// Writes the CSV tables alone.
[[nodiscard]] model::Result<model::Done> write_csv_folder(std::filesystem::path const& folder,
                                                          model::Scenario const& scenario,
                                                          model::ForcePlan const& plan);

/// Writes promises.html, promises.json, events.csv and promises.csv. Error kUnwritable.
[[nodiscard]] model::Result<model::Done> write_promise_folder(std::filesystem::path const& folder,
                                                              model::Scenario const& scenario,
                                                              model::PromiseLedger const& ledger);

}  // namespace guarantor::app
