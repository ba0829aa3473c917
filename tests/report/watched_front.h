#pragma once

#include "guarantor/model/scenario.h"
#include "guarantor/model/watch_report.h"

/// An invented front under watch, with everything a report can say.
namespace guarantor::report {

[[nodiscard]] model::Scenario watched_front();
/// 10 March 2026, the second revision.
[[nodiscard]] model::WatchReport day_on_the_front();
/// 9 to 15 March 2026.
[[nodiscard]] model::WatchReport week_on_the_front();

}  // namespace guarantor::report
