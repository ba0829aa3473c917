#pragma once

#include <string>
#include <string_view>

#include "guarantor/report/plan_reading.h"

/// Charts as inline SVG: one hue from light to dark so that they survive grey printing, words and
/// figures beside the marks, a title that says what is in each for those who cannot see it.
namespace guarantor::report {

/// Lines by month, grouped by tier; the share covered as shade. Cut into pieces that each fit a
/// page. At most 160 lines are drawn; a sentence says how many more there are.
[[nodiscard]] std::string heat_map(PlanReading const& reading);

/// Who is at which line from when until when, grouped by nation. At most 160 lanes are drawn.
[[nodiscard]] std::string lanes(PlanReading const& reading);

/// A bar of `share` of a full width, for a table's cell.
[[nodiscard]] std::string bar(double share, std::string_view label);

/// What is covered, or what `label` says, by the confidence it rests on, as one bar.
[[nodiscard]] std::string ground_bar(
    model::ProvenanceShares const& shares,
    std::string_view label = "What is covered, by the confidence it rests on");

}  // namespace guarantor::report
