#pragma once

#include <map>
#include <optional>
#include <vector>

#include "guarantor/model/case_file.h"
#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/observation.h"
#include "guarantor/store/store.h"

/// What a store holds of some days on the watch floor.
namespace guarantor::monitor {

struct WatchRecords {
  std::vector<model::Incident> incidents;  ///< those left, with their reports listed; by name
  std::map<model::IncidentId, model::CaseFile> files;
  /// Reports of the incidents, and the monitors' own work of these days; by name.
  std::vector<model::Observation> observations;
};

/// Everything of some days. Without days, everything. Errors: those of the store. O(what there is
/// log records).
[[nodiscard]] model::Result<WatchRecords> read_watch(
    store::Store const& store, std::optional<model::Interval<model::Date>> days);

/// The monitors' own work of some days alone, restrictions and jamming with it; by name.
[[nodiscard]] model::Result<std::vector<model::Observation>> read_work(
    store::Store const& store, std::optional<model::Interval<model::Date>> days);

/// The incidents alone, and their files.
[[nodiscard]] model::Result<WatchRecords> read_incidents(
    store::Store const& store, std::optional<model::Interval<model::Date>> days);

}  // namespace guarantor::monitor
