#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/id.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

/// What happened once, whoever reported it, and what may be said against it.
namespace guarantor::model {

using IncidentId = Id<struct IncidentTag>;

/// Kinds of event that reports of one incident may name, so that they can be told to be the same.
enum class IncidentClass { kFire, kHeat, kFlight, kForces, kSea, kAccess, kAlert, kOther };
template <>
inline constexpr Words<8> kWords<IncidentClass>{"fire", "heat",   "flight", "forces",
                                                "sea",  "access", "alert",  "other"};

/// Why an incident has a new revision.
enum class RevisionCause {
  kOpened,
  kGrew,       ///< further observations
  kCorrected,  ///< an observation came in another version, or was withdrawn
  kMerged,     ///< with others, which it takes in
  kAbsorbed,   ///< it was taken into another and is no incident of its own any more
  kSplit,      ///< from or into others
  kEmptied,    ///< no observation is left of it
  kAssessed    ///< what is said against it changed, e.g. for a notice that came late
};
template <>
inline constexpr Words<8> kWords<RevisionCause>{"opened",   "grew",  "corrected", "merged",
                                                "absorbed", "split", "emptied",   "assessed"};

/// What is counted in an incident. Explosions, bursts and shots by their number, each once however
/// many observers report it; `incidents` of an incident is 1.
struct MunitionCount {
  std::int64_t explosions{};
  std::int64_t bursts{};
  std::int64_t shots{};

  [[nodiscard]] std::int64_t all() const { return explosions + bursts + shots; }
  friend bool operator==(MunitionCount const&, MunitionCount const&) = default;
};

/// A clause said to be breached. Nobody is said to have done it.
struct Allegation {
  ClauseId clause;
  std::vector<ObservationId> evidence;  ///< the observations it rests on
  std::optional<Kilometres> distance;   ///< to the line or site the clause names
  std::string near;                     ///< that line or site
  std::optional<Exemption> exempt;      ///< what was announced covers it: no allegation then
  std::optional<ObservationId> notice;  ///< the announcement
  std::int64_t counted{};               ///< what counted in the window, where it has a threshold
  friend bool operator==(Allegation const&, Allegation const&) = default;
};

/// One revision of an incident. `observations` hold all of its reports; `added` and `removed` what
/// changed since the revision before.
struct Incident {
  IncidentId id;
  std::int64_t revision{};
  RevisionCause cause{RevisionCause::kOpened};
  std::vector<IncidentId> others;  ///< that it merged with, was absorbed into or split from
  IncidentClass what{IncidentClass::kOther};
  EventKind kind{EventKind::kOther};  ///< the one most reports name
  Instant from{};
  Instant to{};
  std::optional<Position> place;
  Metres radius{};  ///< within which its reports place it
  SectorId sector;  ///< nearest stretch of a line that is watched; empty: far from all
  std::vector<ObservationId> observations;  ///< rising
  std::vector<ObservationId> added;
  std::vector<ObservationId> removed;
  std::vector<std::string> observers;  ///< rising
  std::vector<std::string> actors;     ///< parties its reports name; claims
  MunitionCount munitions;
  MunitionCount live_fire;            ///< of them assessed as exercises
  std::optional<double> probability;  ///< of heat: that it is not what burns there every year
  std::vector<Allegation> allegations;

  friend bool operator==(Incident const&, Incident const&) = default;
};

/// The class of an event's kind; nothing for monitors' own work.
[[nodiscard]] constexpr std::optional<IncidentClass> incident_class(EventKind kind) {
  switch (kind) {
    case EventKind::kExplosion:
    case EventKind::kBurst:
    case EventKind::kShot:
    case EventKind::kStrike:
    case EventKind::kDamage:
    case EventKind::kCasualty:
      return IncidentClass::kFire;
    case EventKind::kAnomaly:
      return IncidentClass::kHeat;
    case EventKind::kDrone:
    case EventKind::kAircraft:
      return IncidentClass::kFlight;
    case EventKind::kAdvance:
    case EventKind::kPresence:
    case EventKind::kMine:
    case EventKind::kPreparation:
      return IncidentClass::kForces;
    case EventKind::kVessel:
      return IncidentClass::kSea;
    case EventKind::kRestriction:
    case EventKind::kJamming:
      return IncidentClass::kAccess;
    case EventKind::kAlert:
      return IncidentClass::kAlert;
    default:
      return is_monitors_work(kind) ? std::nullopt : std::optional{IncidentClass::kOther};
  }
}

}  // namespace guarantor::model
