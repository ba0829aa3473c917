#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/id.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

/// What was agreed, by whom, from when, and what would break it.
namespace guarantor::model {

using AgreementId = Id<struct AgreementTag>;
using ClauseId = Id<struct ClauseTag>;
using IndicatorId = Id<struct IndicatorTag>;
/// A party to an agreement; none need be of the coalition.
using PartyId = Id<struct PartyTag>;

struct Agreement {
  AgreementId id;
  std::string title;
  std::string proposer;
  std::optional<Date> from;   ///< in force at the earliest
  std::optional<Date> until;  ///< and no longer than the day before; absent: without end
  std::string text;           ///< where the text is to be read
  Row row;

  friend bool operator==(Agreement const&, Agreement const&) = default;
};

/// Where a party stands towards an agreement. Only what is accepted binds.
enum class Standing { kProposed, kAccepted, kRejected, kSuspended, kExpired };
template <>
inline constexpr Words<5> kWords<Standing>{"proposed", "accepted", "rejected", "suspended",
                                           "expired"};

/// From a day on a party stands so, until its next position.
struct PartyPosition {
  AgreementId agreement;
  PartyId party;
  std::optional<Date> date;
  std::optional<Standing> standing;
  Row row;

  friend bool operator==(PartyPosition const&, PartyPosition const&) = default;
};

enum class ClauseKind {
  kNoFire,
  kNoAdvance,
  kBuffer,
  kWithdrawalLine,
  kNoOverflight,
  kNoMines,
  kEnergy,
  kMaritime,
  kPrisoners,
  kCivilian,
  kRelief,
  kMonitorAccess,
  kInformation,
  kNotice,
  kReturnFire,
  kTerm
};
template <>
inline constexpr Words<16> kWords<ClauseKind>{
    "no-fire",       "no-advance", "buffer",      "withdrawal-line",
    "no-overflight", "no-mines",   "energy",      "maritime",
    "prisoners",     "civilian",   "relief",      "monitor-access",
    "information",   "notice",     "return-fire", "term"};

/// What is allowed although a clause counts it, where it was announced.
enum class Exemption { kExercise, kDemining, kFlight, kReturnFire };
template <>
inline constexpr Words<4> kWords<Exemption>{"exercise", "demining", "flight", "return-fire"};

/// A testable article. What it counts is an act of a kind at a place: within areas, near a line, or
/// near sites; where it names none of them, anywhere. It says what would be a breach, never who
/// did it.
struct Clause {
  ClauseId id;
  AgreementId agreement;
  std::string title;
  ClauseKind kind{ClauseKind::kNoFire};
  std::string text;                          ///< as agreed, word by word
  std::vector<PartyId> binds;                ///< empty: every party that accepted
  std::vector<EventKind> acts;               ///< what counts
  std::vector<std::string> weapons;          ///< only with one of these; empty: any
  std::optional<Millimetres> calibre_from;   ///< only from this calibre on
  std::optional<Millimetres> calibre_below;  ///< and below this one
  AreaId area;                               ///< within it
  AreaId line;                               ///< within `within` of this line
  std::vector<std::string> sites;            ///< within `within` of locations: their names or kinds
  std::optional<Kilometres> within;
  std::optional<std::int64_t> threshold;  ///< more than so many in the window; absent: any
  std::optional<Hours> window;            ///< absent: a day, where there is a threshold
  std::optional<Date> from;               ///< within the agreement's life
  std::optional<Date> until;
  std::vector<Exemption> exempt;
  std::optional<int> severity;  ///< 1, the lightest, to 5; absent: 1
  Row row;

  friend bool operator==(Clause const&, Clause const&) = default;
};

/// A sign of preparation. It breaches nothing; several together are a warning.
struct Indicator {
  IndicatorId id;
  std::string warning;  ///< which warning it speaks for
  std::string title;
  std::vector<EventKind> acts;
  std::vector<std::string> categories;  ///< the sources' own words; empty: any
  AreaId area;
  AreaId line;
  std::optional<Kilometres> within;
  std::optional<std::int64_t> at_least;  ///< of them in the window; absent: 1
  std::optional<Days> window;            ///< absent: 7 days
  std::optional<double> weight;          ///< absent: 1; a warning is given from a sum of 1 on
  Row row;

  friend bool operator==(Indicator const&, Indicator const&) = default;
};

enum class SensorKind { kPatrol, kCamera, kMast, kDrone, kAcoustic, kRadar, kSatellite };
template <>
inline constexpr Words<7> kWords<SensorKind>{"patrol",   "camera", "mast",     "drone",
                                             "acoustic", "radar",  "satellite"};

using SensorId = Id<struct SensorTag>;

/// Something that watches. What it is good for counts as watched only while it works and nothing
/// blinds it.
struct Sensor {
  SensorId id;
  std::string title;
  SensorKind kind{SensorKind::kPatrol};
  LocationId location;            ///< where it stands; absent: it moves
  std::vector<SectorId> sectors;  ///< what it watches, beside what lies within its range
  std::optional<Kilometres> range;
  std::optional<Date> from;
  std::optional<Date> until;
  std::optional<int> from_hour;  ///< of each day, UTC; absent: all day
  std::optional<int> to_hour;    ///< may be before `from_hour`: over midnight
  /// It watches by itself while it works; otherwise only while a record says that it did.
  std::optional<bool> standing;
  std::optional<Hours> revisit;  ///< of a satellite: one look in so many hours
  std::vector<EventKind> acts;   ///< what it can tell; empty: everything
  std::optional<bool> needs_clear_sky;
  std::optional<bool> jammable;
  Row row;

  friend bool operator==(Sensor const&, Sensor const&) = default;
};

}  // namespace guarantor::model
