#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/watch_report.h"

namespace guarantor::watch {

struct DailyReportRequest {
  model::Interval<model::Date> days;  ///< a day or several, UTC
  /// What people have said; an incident without is alleged where a clause is, otherwise observed.
  std::map<model::IncidentId, model::CaseState> states;
  std::vector<model::ListedWarning> warnings;
  std::optional<model::Instant> made;
  std::string scenario_hash;
  std::string program_version;
  std::optional<model::WatchReport> published;  ///< the last one, of this period or another
};

/// The report of a period beside the one before it. The rules:
///
/// 1. Of several revisions of an incident the last counts; one that was absorbed or emptied counts
///    nothing. An incident counts once, on the day it began, in its sector.
/// 2. Munitions count on the day of the reports they come from, as `count_events_by_day` says,
///    whichever day their incident began. Where not all reports of an incident are given, its own
///    count stands, on the day it began.
/// 3. An incident is alleged where a clause is said to be breached and nothing announced covers it;
///    under that clause it counts so too. Its state is what people said.
/// 4. Restrictions and jamming count by the event, on the day they began: `count_events`.
/// 5. Beside each count stands how long the sector was watched by something that can tell it; a
///    zero that nobody watched is none.
/// 6. A clause counts by sector and day for the sectors of its line, or all where it names neither
///    line, area nor sites; elsewhere there are rows only where something is alleged or exempt, and
///    nothing is said to be watched. Days on which the clause or its agreement does not run have
///    no row without an allegation.
/// 7. The revision is that of the published report of the same period, one more if anything in it
///    is different; 1 where there is none.
///
/// Bad input: no day; a line that cannot be cut. Looks only at what falls into the two periods.
/// O(sectors · (sensors + observations) + clauses · sectors · days + incidents).
[[nodiscard]] model::Result<model::WatchReport> daily_report(
    model::Scenario const& scenario, std::span<model::Incident const> incidents,
    std::span<model::Observation const> observations, DailyReportRequest const& request);

}  // namespace guarantor::watch
