#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/case_file.h"
#include "guarantor/model/date.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/watched_count.h"

/// What monitors publish of a day or a period: counts beside what was watched, and every incident
/// with its revision.
namespace guarantor::model {

/// Counts of a place over a time. Incidents stand on the day they began, munitions on the day of
/// the reports they come from.
struct WatchTally {
  WatchedTime watched;      ///< by anything
  WatchedCount incidents;   ///< beside the time watched by anything
  WatchedCount explosions;  ///< beside the time watched by what can tell explosions, and so on
  WatchedCount bursts;
  WatchedCount shots;
  WatchedCount live_fire;  ///< of all three, assessed as exercises; inside them
  WatchedCount alleged;    ///< incidents said to breach a clause, whatever has become of it
  std::array<WatchedCount, kCaseStates> states;  ///< all incidents, by state
  std::int64_t exempt{};        ///< incidents that an announcement covers and nothing is alleged of
  std::int64_t restrictions{};  ///< of the monitors' movement
  std::int64_t jammings{};

  WatchTally& operator+=(WatchTally const& other);
  friend bool operator==(WatchTally const&, WatchTally const&) = default;
};

/// A sector on a day. `sector` is empty for what lies far from every line; there nothing is said to
/// be watched.
struct SectorDay {
  SectorId sector;
  Date day{};
  WatchTally tally;
  std::vector<Interval<Instant>> watched;  ///< when, by anything; in order, apart
  std::vector<BlindTime> why_not;
  friend bool operator==(SectorDay const&, SectorDay const&) = default;
};

/// This period beside the one before.
struct SectorPeriod {
  SectorId sector;
  WatchTally now;
  WatchTally before;
  std::vector<BlindTime> why_not;  ///< this period
  friend bool operator==(SectorPeriod const&, SectorPeriod const&) = default;
};

/// What is alleged under one clause. Munitions are those of the reports that are its evidence; the
/// time is that watched by what can tell one of its acts.
struct ClauseTally {
  WatchedCount alleged;
  WatchedCount munitions;
  std::array<WatchedCount, kCaseStates> states;  ///< of those alleged
  std::int64_t exempt{};

  ClauseTally& operator+=(ClauseTally const& other);
  friend bool operator==(ClauseTally const&, ClauseTally const&) = default;
};

struct ClauseDay {
  ClauseId clause;
  SectorId sector;
  Date day{};
  ClauseTally tally;
  friend bool operator==(ClauseDay const&, ClauseDay const&) = default;
};

struct ClausePeriod {
  ClauseId clause;
  AgreementId agreement;
  std::string title;
  std::string text;  ///< as agreed
  ClauseTally now;
  ClauseTally before;
  friend bool operator==(ClausePeriod const&, ClausePeriod const&) = default;
};

/// An incident as it stood when the report was made.
struct ListedIncident {
  Incident incident;
  CaseState state{CaseState::kObserved};
  std::vector<std::string> sources;  ///< who published its reports; rising
  MunitionCount munitions;           ///< in this period
  friend bool operator==(ListedIncident const&, ListedIncident const&) = default;
};

/// Monitors kept from going or looking, or jammed; one a report.
struct ListedRestriction {
  ObservationId report;
  EventKind kind{EventKind::kRestriction};
  Instant from{};
  Instant to{};
  SectorId sector;
  std::string observer;
  std::string text;
  friend bool operator==(ListedRestriction const&, ListedRestriction const&) = default;
};

/// A warning from signs of preparation, as it was given.
struct ListedWarning {
  std::string warning;
  Instant at{};
  double weight{};  ///< of the signs together; 1 or more gives the warning
  std::vector<std::string> reasons;
  friend bool operator==(ListedWarning const&, ListedWarning const&) = default;
};

/// How an incident differs from what was published of it.
struct Correction {
  IncidentId incident;
  std::optional<std::int64_t> revision_before;  ///< absent: it was not listed
  std::optional<std::int64_t> revision_now;     ///< absent: it is not known any more
  std::optional<RevisionCause> cause;           ///< of the revision now
  std::vector<IncidentId> others;
  MunitionCount munitions_before;  ///< in the published period
  MunitionCount munitions_now;
  std::optional<CaseState> state_before;
  std::optional<CaseState> state_now;
  friend bool operator==(Correction const&, Correction const&) = default;
};

struct WatchReport {
  std::string scenario_hash;  ///< of the scenario whose sensors and clauses these are
  std::string program_version;
  std::string id;  ///< of the period, the same in every revision
  std::int64_t revision{1};
  Interval<Date> days;                    ///< UTC
  std::optional<Instant> made;            ///< what was known by then
  WatchTally now;                         ///< everything; sectors' hours add up
  WatchTally before;                      ///< as many days before
  std::vector<SectorDay> sector_days;     ///< by sector in the order of the lines, then day
  std::vector<SectorPeriod> sectors;      ///< in the order of the lines; far from all last
  std::vector<ClauseDay> clause_days;     ///< by clause in the order of the table, sector, day
  std::vector<ClausePeriod> clauses;      ///< in the order of the table
  std::vector<ListedIncident> incidents;  ///< by start, then id
  std::vector<ListedRestriction> restrictions;  ///< by start, then id
  std::vector<ListedWarning> warnings;
  std::string corrects;  ///< the published report corrections are against; empty: none
  std::int64_t corrects_revision{};
  std::vector<Correction> corrections;  ///< by incident

  friend bool operator==(WatchReport const&, WatchReport const&) = default;
};

}  // namespace guarantor::model
