#pragma once

#include <string>

#include "guarantor/model/instant.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/scenario.h"
#include "guarantor/store/store.h"

/// A front of 111 km with a ceasefire along it, and reports beside it.
namespace guarantor::monitor {

/// The first day of the ceasefire.
inline model::Instant const kNoon = *model::parse_instant("2026-06-03T12:00:00Z");

[[nodiscard]] store::Author monitor_on_shift();

/// One explosion, metres from the middle of the front, minutes from noon.
[[nodiscard]] model::Observation report(std::string const& id, double east, double north,
                                        int minutes);

/// A front along the meridian 36, and a ceasefire of two parties along it.
[[nodiscard]] model::Scenario front();

}  // namespace guarantor::monitor
