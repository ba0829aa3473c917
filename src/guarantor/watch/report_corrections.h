#pragma once

#include <functional>

#include "guarantor/model/watch_report.h"
#include "guarantor/watch/known_incidents.h"

namespace guarantor::watch {

/// Sets in a report how it differs from one that was published, and its revision. Every incident
/// that the published report listed and that has another revision, state or count now is corrected,
/// and so is every one that began in the published period and was not listed. Where the published
/// report is of the same period, the revision is its own, and one more if anything differs.
/// O(n log n).
void correct(model::WatchReport& report, model::WatchReport const& published,
             KnownIncidents const& known,
             std::function<model::CaseState(model::Incident const&)> const& state_of);

}  // namespace guarantor::watch
