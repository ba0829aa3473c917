#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/interval.h"
#include "guarantor/watch/incident_archive.h"
#include "guarantor/watch/incident_gate.h"

namespace guarantor::watch {

/// An incident's new revision, and the marks by which an archive finds it again.
struct IncidentRevision {
  model::Incident incident;
  std::vector<std::uint64_t> marks;                ///< those that are new
  std::vector<model::Observation const*> reports;  ///< of it, in order; until the next step
};

/// What a step of fusion gives.
struct FusionStep {
  std::vector<IncidentRevision> revisions;  ///< in order of incident
  /// Of the observations given, those that were new or stand in place of an earlier version. The
  /// others were delivered before, or were overtaken.
  std::vector<std::size_t> taken;
  std::size_t overtaken{};  ///< of the others, those that say something else than what stands
  /// From the first to the last moment of what changed, by class: of reports that came or went, and
  /// of the incidents that are left of them; of what was delivered before, too, since nobody knows
  /// what was done about it.
  std::map<model::IncidentClass, model::Interval<model::Instant>> when;
};

/// From reports to incidents, each counted once, as they come. Precise reports that pass the gate
/// are of one incident, and so are those linked by others; a vague report confirms the precise one
/// it fits best, and makes an incident only where there is none. So the incidents follow from the
/// set of reports alone: late, repeated and out-of-order delivery gives the same ones. Their
/// names do not: an incident is named when it is opened, and of two that turn out to be one the
/// larger keeps its name, of two as large the one of the smaller name.
///
/// A step costs about 10 microseconds an observation. Memory: about `rules.resident` reports where
/// there is an archive, else all of them.
class IncidentFusion {
 public:
  /// With an archive that holds something, all of it must be told (`remember_*`) before the first
  /// step.
  explicit IncidentFusion(FusionRules rules, IncidentArchive* archive = nullptr);
  ~IncidentFusion();
  IncidentFusion(IncidentFusion&&) noexcept;
  IncidentFusion& operator=(IncidentFusion&&) noexcept;

  /// What an archive holds from before.
  void remember_mark(std::uint64_t mark);
  void remember_observation(model::ObservationId const& id);
  void remember_incident(model::IncidentId const& id);

  /// Takes observations in; monitors' own work is taken too, and opens nothing. Errors: those of
  /// the archive; the fusion must not be used after one.
  [[nodiscard]] model::Result<FusionStep> fold(std::span<model::Observation const> observations);

  /// The number of an incident's next revision, for one that is made of it outside, e.g. of what is
  /// said against it. Errors: those of the archive; kNotFound for an incident that never was.
  [[nodiscard]] model::Result<std::int64_t> revise(model::IncidentId const& id);

  /// Reports at hand.
  [[nodiscard]] std::size_t resident() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

/// Whether an observation stands in place of another version of its id.
[[nodiscard]] bool supersedes(model::Observation const& later, model::Observation const& earlier);

}  // namespace guarantor::watch
