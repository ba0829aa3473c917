#pragma once

#include <map>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"
#include "guarantor/report/map_scene.h"

/// One plan, many renderings. All are pure functions of their arguments: the same plan gives the
/// same bytes. Wall time appears in the JSON alone.
namespace guarantor::report {

/// The plan as JSON, keys in a fixed order, numbers in the shortest form that reads back the same.
/// The scenario gives the title, the kind and the marking, so that an exercise says so here too.
[[nodiscard]] std::string to_json(model::Scenario const& scenario, model::ForcePlan const& plan);

/// SHA-256, in hexadecimal, of `to_json`'s text without the wall time and without the hash itself:
/// the plan's name in every rendering.
[[nodiscard]] std::string plan_hash(model::Scenario const& scenario, model::ForcePlan const& plan);

/// Reads `to_json`'s text back. The keys of SCENARIO.md are required, the others optional, unknown
/// ones passed over. Error kBadInput with line, column and what was expected; texts over 256 MiB or
/// nested deeper than 32 are refused the same way.
[[nodiscard]] model::Result<model::ForcePlan> from_json(std::string const& text);

struct TableStyle {
  bool colour{false};
  int width{100};
};
/// The plan as a table for people at a terminal: what was proven, lines with their fill, worst
/// month and gap, who goes (the first 40 assignments), what is not stated, whom to ask.
[[nodiscard]] std::string to_table(model::Scenario const& scenario, model::ForcePlan const& plan,
                                   TableStyle style);

/// The plan's tables as CSV files by name: assignments.csv, fill.csv, gaps.csv, asks.csv,
/// not_stated.csv, comparisons.csv. RFC 4180 with LF. In an exercise, or under a marking, the first
/// column of every file is headed by that mark and repeats it in every row.
[[nodiscard]] std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                                        model::ForcePlan const& plan);

/// The plan as one XLSX workbook, the bytes of the file: a sheet a table, filters, frozen headers.
/// Errors: kUnwritable where the library's temporary file cannot be written; kRefused where a table
/// is longer than a sheet can be.
[[nodiscard]] model::Result<std::string> to_workbook(model::Scenario const& scenario,
                                                     model::ForcePlan const& plan);

/// The brief: one HTML file that needs nothing outside itself and prints on A4. `since` is an
/// earlier plan of the same case to tell what changed; nothing where there is none. `map` holds
/// what the map shows beside the scenario, and the land under it.
[[nodiscard]] std::string to_brief(model::Scenario const& scenario, model::ForcePlan const& plan,
                                   std::optional<model::ForcePlan> const& since,
                                   MapSource const& map = {});

}  // namespace guarantor::report
