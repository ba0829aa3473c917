#pragma once

#include <memory>

#include "guarantor/intake/adapter.h"

namespace guarantor::intake {

/// Reads UCDP's Georeferenced Event Dataset, and its candidate events, as CSV. Each event has at
/// least one death in one of its estimates, so that its kind is `casualty`; the type of violence is
/// its category. It lasts from date_start to the end of date_end. The radius of where_prec 2 is
/// UCDP's own (25 km); the others are planning figures of this project (docs/watch-intake.md).
/// Only one-sided violence names who acted; elsewhere both sides stand in the text.
[[nodiscard]] std::unique_ptr<Adapter> ucdp_ged_csv(Limits const& limits = {});

}  // namespace guarantor::intake
