#pragma once

#include <span>

#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"

namespace guarantor::watch {

/// What the reports of one incident say together: everything of it but its name, revision, cause,
/// sector and what is said against it. `core` are those that place it; `all` are in order of id,
/// the core among them. The same reports give the same bytes. REQUIRES: a core that is not empty.
/// O(n log n).
[[nodiscard]] model::Incident summary(std::span<model::Observation const* const> core,
                                      std::span<model::Observation const* const> all);

}  // namespace guarantor::watch
