#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/watch_report.h"
#include "guarantor/serve/incident_part.h"
#include "guarantor/store/store.h"

/// The report of some days on the watch floor: one way to it for the command line and the server.
namespace guarantor::serve {

/// A report of decades would say nothing, slowly.
inline constexpr std::chrono::days kMostReported{400};

/// `2026-06-03`, or `2026-06-01/2026-06-08` with the day after the last. Error kBadInput.
[[nodiscard]] model::Result<model::Interval<model::Date>> parse_period(std::string const& text);

/// What signs of preparation add up to on some days. Empty where the scenario's lines cannot be
/// cut.
[[nodiscard]] std::vector<model::ListedWarning> warnings_of(
    model::Scenario const& scenario, std::vector<model::Observation> const& observations,
    model::Interval<model::Date> days);

struct PeriodReport {
  model::WatchReport report;
  std::string json;
  bool unchanged{};  ///< says what the last published revision says
};

/// What made a report.
struct ReportMaking {
  model::Instant made;
  std::string program_version;
  Counts counts{};              ///< which observations it is of; absent: all
  std::string scenario_hash{};  ///< by which its readers know the scenario; empty: of the whole
};

/// The report of some days, numbered after what was published of them. Errors: those of the store
/// and of `watch::daily_report`. O(what these days, as many before, and a month of signs hold).
[[nodiscard]] model::Result<PeriodReport> period_report(store::Store const& store,
                                                        model::Scenario const& scenario,
                                                        model::Interval<model::Date> days,
                                                        ReportMaking const& making);

}  // namespace guarantor::serve
