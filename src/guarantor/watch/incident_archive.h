#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"

namespace guarantor::watch {

/// An incident as it was given out last, with its reports.
struct ArchivedIncident {
  model::IncidentId id;
  std::int64_t revision{};
  std::vector<model::Observation> reports;
};

/// Where what fusion gave out is found again, so that its memory does not grow. It answers with
/// what was folded before the present call, nothing later.
class IncidentArchive {
 public:
  IncidentArchive() = default;
  IncidentArchive(IncidentArchive const&) = delete;
  IncidentArchive& operator=(IncidentArchive const&) = delete;
  virtual ~IncidentArchive() = default;

  /// The version of an observation that stands, or nothing where it was never seen.
  [[nodiscard]] virtual model::Result<std::optional<model::Observation>> observation(
      model::ObservationId const& id) = 0;
  /// The last revision of an incident, or nothing; without reports where none is left of it.
  [[nodiscard]] virtual model::Result<std::optional<ArchivedIncident>> incident(
      model::IncidentId const& id) = 0;
  /// Incidents that were given out with a mark; of some nothing may be left.
  [[nodiscard]] virtual model::Result<std::vector<model::IncidentId>> marked(
      std::uint64_t mark) = 0;
};

}  // namespace guarantor::watch
