#pragma once

#include <map>
#include <string>

#include "guarantor/model/map_layers.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"
#include "guarantor/report/plan_report.h"

/// Where to stand, in several renderings. All are pure functions of their arguments; an exercise
/// says so in each, and so does a marking.
namespace guarantor::report {

/// The plan as JSON, keys in a fixed order, numbers in the shortest form that reads back the same.
[[nodiscard]] std::string to_json(model::Scenario const& scenario, model::SitePlan const& plan);

/// The plan's tables as CSV files by name: sites.csv, reached.csv and out_of_reach.csv. RFC 4180
/// with LF.
[[nodiscard]] std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                                        model::SitePlan const& plan);

/// The plan for people at a terminal: for each kind the sites and the proof, how soon what must be
/// reached is reached, what cannot be had and what would make it possible.
[[nodiscard]] std::string to_table(model::Scenario const& scenario, model::SitePlan const& plan,
                                   TableStyle style);

/// Puts the open sites, what they reach and how soon onto a map's layers.
void add_to(model::MapLayers& layers, model::SitePlan const& plan);

}  // namespace guarantor::report
