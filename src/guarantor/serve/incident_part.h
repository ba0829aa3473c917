#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"
#include "guarantor/monitor/watch_records.h"

/// What is left of incidents where some of their reports may not count.
namespace guarantor::serve {

/// The incident as these of its reports tell it: summed up from them alone, with what is said on
/// their evidence. It keeps its name, its sector and its revision. Nothing where there are none.
[[nodiscard]] std::optional<model::Incident> part_of(
    model::Incident const& incident, std::vector<model::Observation> const& reports);

/// Takes the reports away that do not count, and tells the incidents by what is left.
using Counts = std::function<bool(model::Observation const&)>;
[[nodiscard]] monitor::WatchRecords only(monitor::WatchRecords records, Counts const& counts);

}  // namespace guarantor::serve
