#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/scenario.h"
#include "guarantor/store/sqlite_store.h"
#include "guarantor/store_input.h"
#include "guarantor/viewpoint.h"

/// What the verbs of the watch floor share: the store, the scenario it is watched by, days.
namespace guarantor::app {

struct WatchWords {
  StoreWords store;
  std::string scenario;  ///< empty: the one in the store
  Viewpoint viewpoint;
};

/// `--store`, and what writing needs beside it.
void add_watch_store(CLI::App& verb, WatchWords& words);
void add_watch_writing(CLI::App& verb, WatchWords& words);
/// `--scenario`.
void add_watch_scenario(CLI::App& verb, WatchWords& words);

/// The scenario named, or else the current one of the store. Errors as `read_scenario`.
[[nodiscard]] model::Result<model::Scenario> watch_scenario(WatchWords const& words);

/// The watch floor belongs to those who work on it: whom the operation table lets read every
/// observation and incident. Error kRefused for anyone else.
[[nodiscard]] model::Result<model::Done> may_see_watch(WatchWords const& words);

/// Opens for reading. Errors also as `may_see_watch`.
[[nodiscard]] model::Result<std::unique_ptr<store::SqliteStore>> open_watch(
    WatchWords const& words);

/// Whether the viewer may read findings, replies and decisions. Monitors may not: who did it is not
/// their word.
[[nodiscard]] bool sees_attribution(WatchWords const& words);

/// The line that says for whom a text is; empty for those from whom nothing is kept.
[[nodiscard]] std::string marking_line(WatchWords const& words);

/// The right to make incidents of a store's observations, which one process has at a time; waits a
/// second for another that may be about to end. Errors as `StoreLock::take_watch`.
[[nodiscard]] model::Result<store::StoreLock> hold_watch(store::SqliteStore const& store);

/// `2026-06-03`, or `2026-06-01/2026-06-08` with the day after the last. Error kBadInput.
[[nodiscard]] model::Result<model::Interval<model::Date>> parse_days(std::string const& text);

}  // namespace guarantor::app
