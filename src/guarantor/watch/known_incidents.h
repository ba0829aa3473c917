#pragma once

#include <map>
#include <span>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/observation.h"
#include "guarantor/watch/event_count.h"

namespace guarantor::watch {

/// Incidents as they stand, with their reports. Keeps pointers into what it was given.
class KnownIncidents {
 public:
  /// Of several revisions the last stands; of several versions of a report the one reported later.
  /// O(n log n).
  KnownIncidents(std::span<model::Incident const> incidents,
                 std::span<model::Observation const> observations);

  /// Those that are incidents of their own, by start, then id.
  [[nodiscard]] std::vector<model::Incident const*> const& standing() const { return standing_; }
  /// The last revision of one, absorbed and emptied ones too; null where it is not known.
  [[nodiscard]] model::Incident const* find(model::IncidentId const& id) const;

  /// Reports by id, those that are known.
  [[nodiscard]] std::vector<model::Observation const*> reports(
      std::span<model::ObservationId const> ids) const;

  /// What an incident counts by day: its own count on the day it began where a report is missing.
  [[nodiscard]] std::map<model::Date, EventCount> count(model::Incident const& incident) const;
  /// The same of some of its reports.
  [[nodiscard]] std::map<model::Date, EventCount> count(
      model::Incident const& incident, std::span<model::ObservationId const> ids) const;
  /// Munitions within days.
  [[nodiscard]] model::MunitionCount munitions(model::Incident const& incident,
                                               model::Interval<model::Date> days) const;

 private:
  std::map<model::IncidentId, model::Incident const*> last_;
  std::vector<model::Incident const*> standing_;
  std::map<model::ObservationId, model::Observation const*> reports_;
};

/// The UTC day of a moment.
[[nodiscard]] model::Date day_of(model::Instant moment);

/// What is said of an incident where people have said nothing.
[[nodiscard]] bool is_alleged(model::Incident const& incident);

}  // namespace guarantor::watch
