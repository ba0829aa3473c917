#pragma once

#include <string>

#include "guarantor/model/reach.h"
#include "guarantor/model/scenario.h"
#include "guarantor/report/plan_report.h"

/// Travel times, in four renderings. All are pure functions of their arguments; an exercise says so
/// in each, and so does a marking.
namespace guarantor::report {

/// The answer as JSON, keys in a fixed order, numbers in the shortest form that reads back the
/// same. Rings are MultiPolygons as in GeoJSON.
[[nodiscard]] std::string to_json(model::Scenario const& scenario,
                                  model::ReachAnswer const& answer);

/// The answer as a GeoJSON FeatureCollection (RFC 7946): rings as MultiPolygons, the longest limit
/// first so that shorter ones lie on top; ways as lines, a feature a leg; places as points with
/// their hours. `properties.feature` is `ring`, `leg`, `from`, `to` or `place`.
[[nodiscard]] std::string to_geojson(model::Scenario const& scenario,
                                     model::ReachAnswer const& answer);

/// The answer as one RFC 4180 table with LF: the legs where ways were asked for, else a row for
/// each pair, else a row for each place reached.
[[nodiscard]] std::string to_csv_table(model::Scenario const& scenario,
                                       model::ReachAnswer const& answer);

/// The answer for people at a terminal: the way of a single pair leg by leg, times of several pairs
/// side by side, or the places reached, soonest first (the first 60); what it rests on, and what to
/// know beside it. Where more than a quarter rests on illustrative rows no single figure heads it.
[[nodiscard]] std::string to_table(model::Scenario const& scenario,
                                   model::ReachAnswer const& answer, TableStyle style);

}  // namespace guarantor::report
