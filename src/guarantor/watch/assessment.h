#pragma once

#include <functional>
#include <map>
#include <span>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/scenario.h"
#include "guarantor/watch/agreement_life.h"
#include "guarantor/watch/watched_places.h"

namespace guarantor::watch {

/// An incident with its reports, for assessment.
struct ReportedIncident {
  model::Incident const* incident{};
  std::vector<model::Observation const*> reports;
};

/// Tests incidents against the clauses that are in force there and then. It never says who: an
/// allegation names a clause and its evidence.
///
/// A report counts where its kind is one of the clause's acts, its weapon and calibre are, where
/// these are asked for, known and among them, and its nominal place is where the clause says; of a
/// report that tells only vaguely where and when, beside exact ones, the incident's place and time
/// stand instead. Heat seen from space is never evidence by itself. What was announced (`notice`
/// observations of a category the clause exempts, for that place and all of that time; for some of
/// it where only vague reports tell) is noted as exempt, not alleged. A clause about notice itself
/// (`notice`) counts what is live fire and was not announced. A threshold counts, over all
/// incidents of the clause, munitions by number and other events by incident, in the window that
/// ends with the incident.
class Assessment {
 public:
  /// Errors as `WatchedPlaces::from`. Keeps no reference to the scenario.
  [[nodiscard]] static model::Result<Assessment> from(model::Scenario const& scenario);

  [[nodiscard]] WatchedPlaces const& places() const { return places_; }
  [[nodiscard]] std::vector<model::Clause> const& clauses() const { return clauses_; }

  /// What is said against one incident, in the order of the clauses. A clause with a threshold is
  /// tested on this incident alone. `notices`: what was announced, in any order.
  [[nodiscard]] std::vector<model::Allegation> test(
      ReportedIncident const& incident, std::span<model::Observation const> notices) const;

  /// The same for all incidents of a time together, so that thresholds count over all of them; in
  /// their order. O(incidents · clauses + n log n).
  [[nodiscard]] std::vector<std::vector<model::Allegation>> test_all(
      std::span<ReportedIncident const> incidents,
      std::span<model::Observation const> notices) const;

  /// Where monitors' own work or an event is: its place, or the middle of its sector.
  [[nodiscard]] std::optional<model::Position> place_of(model::Observation const& report) const;

 private:
  Assessment(model::Scenario const& scenario, WatchedPlaces places);

  using Notices = std::vector<model::Observation const*>;

  [[nodiscard]] static Notices notices_during(ReportedIncident const& incident,
                                              std::span<model::Observation const> notices);
  [[nodiscard]] std::optional<model::Allegation> test_clause(std::size_t number,
                                                             ReportedIncident const& incident,
                                                             Notices const& notices) const;
  [[nodiscard]] model::Observation const* notice_for(model::Clause const& clause,
                                                     model::Observation const& report,
                                                     Notices const& notices) const;
  struct Counted {
    model::Instant at;
    std::size_t incident{};
    std::int64_t number{};
  };
  [[nodiscard]] std::vector<Counted> counted_in_time(
      std::size_t number, std::span<ReportedIncident const> incidents,
      std::vector<std::vector<model::Allegation>> const& found) const;
  void apply_threshold(std::size_t number, std::span<ReportedIncident const> incidents,
                       std::vector<std::vector<model::Allegation>>& found) const;

  WatchedPlaces places_;
  std::vector<model::Clause> clauses_;
  std::vector<AgreementLife> lives_;  ///< of each clause's agreement
};

}  // namespace guarantor::watch
