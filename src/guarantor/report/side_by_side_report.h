#pragma once

#include <map>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/side_by_side.h"

/// Scenarios side by side, in many renderings; pure functions, as those of one plan are.
namespace guarantor::report {

/// For people at a terminal: the figures beside each other, then for each scenario what changed
/// against the first, in the input and in the plan, and why.
[[nodiscard]] std::string to_table(SideBySide const& sides, TableStyle style);

/// SHA-256, in hexadecimal, of `to_json`'s text without the hash itself.
[[nodiscard]] std::string compare_hash(SideBySide const& sides);

/// All of it as JSON. Its `compare_hash` names it, as the plans' and scenarios' hashes in it name
/// what it was made from.
[[nodiscard]] std::string to_json(SideBySide const& sides);

/// The tables as CSV files by name: compare.csv (the figures), compare-input.csv,
/// compare-lines.csv, compare-pledges.csv.
[[nodiscard]] std::map<std::string, std::string> to_csv(SideBySide const& sides);

/// The same as one XLSX workbook. Errors as those of `to_workbook` for a plan.
[[nodiscard]] model::Result<std::string> to_workbook(SideBySide const& sides);

/// One HTML page that needs nothing outside itself and prints on A4.
[[nodiscard]] std::string to_page(SideBySide const& sides);

}  // namespace guarantor::report
