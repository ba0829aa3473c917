#pragma once

#include <span>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/scenario.h"
#include "guarantor/watch/watched_places.h"

namespace guarantor::watch {

/// Signs of preparation that together are a warning. They breach nothing.
struct Warning {
  std::string name;
  model::Instant at{};
  double weight{};                   ///< of the indicators that hold together; 1 gives the warning
  std::vector<std::string> reasons;  ///< one an indicator: what was seen how often since when
  std::vector<model::ObservationId> evidence;

  friend bool operator==(Warning const&, Warning const&) = default;
};

/// The warnings that hold at a moment: an indicator holds where at least so many observations of it
/// began within its window before; withdrawn ones are none, of two versions of one the later
/// counts. In order of name. O(indicators · observations).
[[nodiscard]] std::vector<Warning> warnings_at(model::Scenario const& scenario,
                                               WatchedPlaces const& places,
                                               std::span<model::Observation const> observations,
                                               model::Instant at);

/// The warnings of a period: each as it was at the end of the first day on which it held.
[[nodiscard]] std::vector<Warning> warnings_of(model::Scenario const& scenario,
                                               WatchedPlaces const& places,
                                               std::span<model::Observation const> observations,
                                               model::Interval<model::Date> days);

}  // namespace guarantor::watch
