#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/model/place.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/serve/incident_card.h"
#include "guarantor/serve/watch_floor.h"

/// Incidents on a map.
namespace guarantor::serve {

/// A stretch of the map in degrees.
struct Box {
  double west{-180};
  double south{-90};
  double east{180};
  double north{90};

  [[nodiscard]] bool holds(model::Position at) const;
};

/// Reads `west,south,east,north`, or six numbers with heights. Error kBadInput.
[[nodiscard]] model::Result<Box> read_box(std::string_view text);

/// Which incidents are shown.
struct IncidentFilter {
  std::optional<model::Instant> from;  ///< that were not over before
  std::optional<model::Instant> to;    ///< that began before
  std::optional<Box> box;
  std::size_t limit{50'000};

  [[nodiscard]] bool takes(IncidentCard const& card) const;
};

/// Reads `from`, `to` (moments or days), `bbox` and `limit`. Error kBadInput.
[[nodiscard]] model::Result<IncidentFilter> read_incident_filter(Request const& request);

/// Those with a place that the viewer sees, the newest first.
[[nodiscard]] std::vector<SharedCard> placed_incidents(IncidentBoard const& board,
                                                       policy::Viewer const& viewer,
                                                       IncidentFilter const& filter);

/// One as a feature with few properties, so that very many are quickly there.
[[nodiscard]] std::string feature_of(IncidentCard const& card);

}  // namespace guarantor::serve
