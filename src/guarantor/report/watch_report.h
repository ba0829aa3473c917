#pragma once

#include <map>
#include <string>

#include "guarantor/model/scenario.h"
#include "guarantor/model/watch_report.h"
#include "guarantor/report/plan_report.h"

/// What monitors publish, in several renderings. All are pure functions of their arguments; an
/// exercise says so in each, and so does a marking. No zero stands where nobody watched: pages and
/// CSV say `not watched`, JSON has null. REQUIRES: the report is of the scenario.
namespace guarantor::report {

/// SHA-256, in hexadecimal, of `to_json`'s text without the hash itself.
[[nodiscard]] std::string watch_hash(model::Scenario const& scenario,
                                     model::WatchReport const& report);

/// All of it as JSON, keys in a fixed order. A count is an object: its number, or null where none
/// was seen and nobody watched; the hours watched, of how many; looks of satellites.
[[nodiscard]] std::string to_json(model::Scenario const& scenario,
                                  model::WatchReport const& report);

/// CSV files by name: sectors.csv, a sector and day a row; clauses.csv, a clause, sector and day;
/// incidents.csv, restrictions.csv, warnings.csv, corrections.csv. RFC 4180 with LF; each row names
/// the report and its revision.
[[nodiscard]] std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                                        model::WatchReport const& report);

/// One HTML page that needs nothing outside itself and prints on A4: what was watched and counted,
/// this period against the last, clauses, incidents, restrictions, warnings, corrections.
[[nodiscard]] std::string to_page(model::Scenario const& scenario,
                                  model::WatchReport const& report);

/// A summary for people at a terminal.
[[nodiscard]] std::string to_table(model::Scenario const& scenario,
                                   model::WatchReport const& report, TableStyle style);

}  // namespace guarantor::report
