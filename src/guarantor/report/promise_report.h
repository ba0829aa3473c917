#pragma once

#include <map>
#include <string>

#include "guarantor/model/promise_ledger.h"
#include "guarantor/model/scenario.h"
#include "guarantor/report/plan_report.h"

/// What became of what was promised, in several renderings. All are pure functions of their
/// arguments; an exercise says so in each, and so does a marking. REQUIRES: the ledger is the
/// scenario's.
namespace guarantor::report {

/// SHA-256, in hexadecimal, of `to_json`'s text without the hash itself.
[[nodiscard]] std::string promise_hash(model::Scenario const& scenario,
                                       model::PromiseLedger const& ledger);

/// All of it as JSON, keys in a fixed order: the events, where each pledge stands, and the sums by
/// nation and capability.
[[nodiscard]] std::string to_json(model::Scenario const& scenario,
                                  model::PromiseLedger const& ledger);

/// Two CSV files by name: events.csv, a fact a row, and promises.csv, the sums by nation and
/// capability. RFC 4180 with LF.
[[nodiscard]] std::map<std::string, std::string> to_csv(model::Scenario const& scenario,
                                                        model::PromiseLedger const& ledger);

/// For people at a terminal: where the pledges stand by nation, the sums that have moved, and the
/// last 40 events.
[[nodiscard]] std::string to_table(model::Scenario const& scenario,
                                   model::PromiseLedger const& ledger, TableStyle style);

/// One HTML page that needs nothing outside itself and prints on A4: by nation, over time, the
/// sums, the last 200 events. Where more than a quarter of the pledges rests on illustrative rows
/// no single figure heads it.
[[nodiscard]] std::string to_page(model::Scenario const& scenario,
                                  model::PromiseLedger const& ledger);

}  // namespace guarantor::report
