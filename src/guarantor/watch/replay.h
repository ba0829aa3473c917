#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/place.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/vocabulary.h"

/// A synthetic stream of reports with its truth: what a watch floor is trained on and tested with.
/// Nothing in it happened; every source's name begins with `synthetic-`.
namespace guarantor::watch {

/// What must become of a clause that speaks of an injected incident.
enum class ClauseOutcome {
  kAlleged,         ///< breached, and the reports say enough to allege it
  kExempt,          ///< announced, and the clause exempts what was
  kNotInForce,      ///< between nobody, there and then
  kBelowThreshold,  ///< not enough of it in the clause's window
  kNotTold,         ///< breached, but no report names the weapon or calibre the clause asks for
  kUnobserved       ///< nobody reports it
};
}  // namespace guarantor::watch

namespace guarantor::model {
template <>
inline constexpr Words<6> kWords<watch::ClauseOutcome>{
    "alleged", "exempt", "not-in-force", "below-threshold", "not-told", "unobserved"};
}  // namespace guarantor::model

namespace guarantor::watch {

/// A clause that an injected incident would breach by what happened, where and with what.
struct TouchedClause {
  model::ClauseId clause;
  ClauseOutcome outcome{ClauseOutcome::kUnobserved};
  std::optional<model::Exemption> exempt;

  friend bool operator==(TouchedClause const&, TouchedClause const&) = default;
};

/// Something that was made to happen, and all that must be found of it.
struct InjectedIncident {
  std::string id;     ///< `injected-0001`, in order of time
  std::string story;  ///< what was played, e.g. `shelling`
  model::IncidentClass what{model::IncidentClass::kOther};
  model::EventKind kind{model::EventKind::kOther};  ///< of what it began with
  model::Instant from{};
  model::Instant to{};
  std::optional<model::Position> place;
  model::SectorId sector;  ///< of the stretch it was played at; empty: at no line
  std::string weapon;
  std::optional<model::Millimetres> calibre;
  std::string actor;  ///< who is played to have done it; reports may not say
  bool live_fire{};
  model::MunitionCount happened;
  model::MunitionCount countable;  ///< what can be counted from the reports that stand in the end
  std::vector<model::ObservationId> observations;  ///< that report it in the end, rising
  model::Metres placed_within;              ///< the worst precision among the reports that place it
  std::vector<model::SensorId> watched_by;  ///< what looked there and then, rising
  std::string missed;                       ///< why nobody reports it; empty: somebody does
  std::vector<TouchedClause> clauses;       ///< in the order of the scenario's clauses

  friend bool operator==(InjectedIncident const&, InjectedIncident const&) = default;
};

struct ReplayRequest {
  std::uint64_t seed{1};
  int days{40};             ///< from the scenario's C-day on
  int incidents_a_day{18};  ///< about
};

struct Replay {
  /// In order of arrival, with repetitions, late ones, corrections and withdrawals.
  std::vector<model::Observation> stream;
  std::vector<InjectedIncident> incidents;  ///< in order of time
};

/// Plays so many days on a scenario's map: incidents beside its lines, sites and lanes, reported by
/// its sensors and by others, each within the precision it states; notices; and the monitors' own
/// records. The same request gives the same bytes. Bad input: no line cut into sectors, fewer than
/// one day or incident a day or more than 400 of either; else errors as `WatchedPlaces::from`.
/// O(incidents² + incidents · (sensors + clauses)).
[[nodiscard]] model::Result<Replay> replay(model::Scenario const& scenario,
                                           ReplayRequest const& request);

/// The truth as CSV, one row an incident; lists are separated by spaces, a touched clause is
/// `clause=outcome`.
[[nodiscard]] std::string truth_csv(std::span<InjectedIncident const> incidents);

}  // namespace guarantor::watch
