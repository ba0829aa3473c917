#pragma once

#include <string>

#include "guarantor/report/promise_reading.h"

/// Charts of promises as inline SVG, made as those of the brief are.
namespace guarantor::report {

/// Whether all pledges are of one capability, so that their units can be told together.
[[nodiscard]] bool of_one_capability(model::PromiseLedger const& ledger);

/// A bar a nation: its pledges by how far they have come, from delivered to withdrawn.
[[nodiscard]] std::string stage_bars(PromiseReading const& reading);

/// A bar a nation: what is on offer, within it what was handed over, within that what was
/// delivered. REQUIRES: all is of one capability.
[[nodiscard]] std::string unit_bars(PromiseReading const& reading);

/// Whether the course over time is told in units.
[[nodiscard]] bool course_in_units(model::PromiseLedger const& ledger);

/// What had been offered and what had been delivered by each day: in units where all pledges are of
/// one capability and no days are left out, else in pledges. Empty where nothing is dated.
[[nodiscard]] std::string promises_over_time(PromiseReading const& reading);

}  // namespace guarantor::report
