#pragma once

#include <string>

#include "guarantor/model/watch_report.h"

/// Charts of a watch report as inline SVG that survive grey printing: what was not watched is
/// hatched, never white. Cut into pieces that each fit a page.
namespace guarantor::report {

/// Sector by time: when it was watched, to scale; how many incidents began on each day, of one day
/// alone when. Beside it the hours and the counts. At most 160 sectors are drawn; a sentence says
/// how many more there are.
[[nodiscard]] std::string watch_calendar(model::WatchReport const& report);

/// Incidents and munitions by sector, this period over the last, for the sectors where either has
/// any; at most 40, the most first.
[[nodiscard]] std::string period_bars(model::WatchReport const& report);

}  // namespace guarantor::report
