#pragma once

#include <chrono>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/observation.h"
#include "guarantor/store/store.h"
#include "guarantor/watch/assessment.h"

namespace guarantor::monitor {

/// An incident as it is kept, with its reports listed, and what is to be said of it now.
struct JudgedIncident {
  model::Incident incident;
  std::vector<model::Allegation> said;
};

/// The classes of incident that some clause is about.
[[nodiscard]] std::set<model::IncidentClass> tested_classes(
    std::vector<model::Clause> const& clauses);

/// Tests the incidents of a store anew that a change may concern: those within the longest window
/// of a clause of it. Each is tested together with all that count with it, some days at a time. The
/// arguments must outlive it; what is kept meanwhile may be revisions by what it answers alone.
class Reassessment {
 public:
  Reassessment(store::Store const& store, watch::Assessment const& assessment,
               std::span<model::Observation const> notices,
               model::Interval<model::Instant> changed);

  [[nodiscard]] bool finished() const { return next_ > last_; }
  /// The incidents of the next days, rising by name. Errors: those of the store.
  [[nodiscard]] model::Result<std::vector<JudgedIncident>> next();

 private:
  using Incidents = std::map<model::IncidentId, model::Incident>;

  /// Adds those that touch days and that some clause is about, with their reports listed.
  [[nodiscard]] model::Result<model::Done> add_touching(model::Date first, model::Date last,
                                                        Incidents& incidents) const;
  /// Adds what counts together with those there that are judged with these days.
  [[nodiscard]] model::Result<model::Done> add_margins(model::Date first, model::Date last,
                                                       Incidents& incidents) const;
  [[nodiscard]] bool is_judged(model::Incident const& incident, model::Date first,
                               model::Date last) const;
  [[nodiscard]] model::Result<std::vector<std::vector<model::Allegation>>> test(
      Incidents const& incidents) const;

  store::Store const& store_;
  watch::Assessment const& assessment_;
  std::span<model::Observation const> notices_;
  std::chrono::days window_{1};  ///< the longest of a clause with a threshold
  std::set<model::IncidentClass> classes_;
  model::Date first_;
  model::Date next_;
  model::Date last_;
};

}  // namespace guarantor::monitor
