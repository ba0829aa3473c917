#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/scenario.h"
#include "guarantor/monitor/reassessment.h"
#include "guarantor/store/store.h"
#include "guarantor/watch/assessment.h"
#include "guarantor/watch/incident_fusion.h"

namespace guarantor::monitor {

/// What became of a batch of observations.
struct TakenBatch {
  std::vector<model::Incident> incidents;  ///< revisions, as they are kept now
  std::size_t taken{};
  std::size_t repeated{};   ///< delivered before
  std::size_t overtaken{};  ///< other versions of what stands, and none that is reported later
  store::Receipt receipt;   ///< empty where nothing was new
};

/// What is to be tested anew.
struct DueAssessment {
  model::Interval<model::Instant> changed;
  std::vector<model::Observation> notices;  ///< as they are known by now
};

/// Where observations become incidents of a store: fused, tested against the scenario's clauses,
/// and kept together with what became of them, in one step. So a crash leaves no observation
/// without its incident. One desk writes to a store at a time.
class WatchDesk {
 public:
  /// Reads what the store holds already, O(observations) for their names. Errors: those of the
  /// store, and of the scenario's lines and areas. The store must outlive the desk.
  [[nodiscard]] static model::Result<std::unique_ptr<WatchDesk>> open(
      store::Store& store, model::Scenario const& scenario, watch::FusionRules const& rules = {});

  /// Takes observations in. When it returns they and the incidents are on disk and acknowledged.
  /// Errors: those of the store; the desk must be opened anew after one.
  [[nodiscard]] model::Result<TakenBatch> take(std::span<model::Observation const> observations,
                                               store::Author const& author);

  /// Has `reassess` test incidents of a time anew, whatever came, e.g. since the clauses changed.
  void assess_again(model::Interval<model::Instant> time) { note_change(time.from, time.to); }

  /// Tests incidents anew that what came since the last time may concern, since a notice may have
  /// come late and thresholds count over many: those of which something else is said now get a
  /// revision. Errors as `take`. O(incidents of these days) in time, of a week or of the longest
  /// window of a clause in memory.
  [[nodiscard]] model::Result<std::vector<model::Incident>> reassess(store::Author const& author);

  /// The same where testing would take too long to let observations wait: what is due is tested
  /// beside the desk by a `Reassessment`, and those are kept of which something else is said. One
  /// that was revised meanwhile is due again. Nothing is due where nothing changed.
  [[nodiscard]] std::optional<DueAssessment> take_due();
  [[nodiscard]] model::Result<std::vector<model::Incident>> keep(
      std::vector<JudgedIncident> const& judged, store::Author const& author);

  [[nodiscard]] watch::Assessment const& assessment() const { return assessment_; }
  /// Reports at hand, for those who watch over memory.
  [[nodiscard]] std::size_t resident() const { return fusion_.resident(); }

 private:
  WatchDesk(store::Store& store, watch::Assessment assessment, watch::FusionRules const& rules);

  [[nodiscard]] watch::FusionRules with_sectors(watch::FusionRules rules) const;
  [[nodiscard]] model::Result<model::Done> remember();
  [[nodiscard]] model::Result<model::Done> remember_recent();
  [[nodiscard]] model::Result<model::Done> complete(watch::IncidentRevision& revision);
  [[nodiscard]] model::Result<std::vector<model::Allegation>> over_threshold(
      model::Incident const& incident);
  void take_notice(model::Observation const& observation);
  void note_change(model::Instant from, model::Instant to);
  void remember_thresholds(model::IncidentId const& id, std::vector<model::Allegation> const& said);
  [[nodiscard]] model::Result<std::vector<model::Incident>> keep_judged(
      std::vector<JudgedIncident> const& judged, store::Author const& author);

  store::Store& store_;
  watch::Assessment assessment_;
  std::unique_ptr<watch::IncidentArchive> archive_;
  watch::IncidentFusion fusion_;
  std::vector<model::Observation> notices_;
  std::set<model::ObservationId> notice_ids_;  ///< and of those that were notices once
  std::set<model::IncidentClass> tested_;
  std::set<model::ClauseId> thresholds_;  ///< clauses that have one
  /// What stands of thresholds, empty ones too, of incidents that were asked about lately.
  std::map<model::IncidentId, std::vector<model::Allegation>> over_threshold_;
  std::optional<model::Interval<model::Instant>> changed_;  ///< since all were tested last
  std::optional<std::set<model::IncidentId>> revised_;      ///< since what was due was taken
};

}  // namespace guarantor::monitor
