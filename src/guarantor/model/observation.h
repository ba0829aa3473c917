#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

/// What one source reported, before anybody asks whether it happened.
namespace guarantor::model {

using ObservationId = Id<struct ObservationTag>;

/// What is said to have happened. The first three are counted by their number, as the OSCE's
/// Special Monitoring Mission did; the others by the event.
enum class EventKind {
  kExplosion,
  kBurst,     ///< of automatic fire
  kShot,      ///< a single one
  kStrike,    ///< a missile, bomb or attack drone hits something
  kAnomaly,   ///< heat seen from space: a fire, of whatever cause
  kDrone,     ///< an unmanned aircraft overhead
  kAircraft,  ///< a manned one
  kAdvance,   ///< forces move forward, or dig in where they were not
  kPresence,  ///< forces or weapons are where they are
  kMine,      ///< mines or obstacles, new or old
  kVessel,    ///< a ship attacked, boarded, turned back or mined
  kDamage,    ///< something civilian or protected is damaged
  kCasualty,
  kPrisoner,     ///< about prisoners: lists, exchanges
  kConvoy,       ///< of relief: passed, delayed or turned back
  kRestriction,  ///< monitors are kept from going or looking
  kJamming,      ///< of the monitors' sensors or radio
  kAlert,        ///< a warning to the population, e.g. of an air raid
  kPreparation,  ///< a sign of preparation, e.g. a field hospital; no breach by itself
  kInformation,  ///< recruitment, disinformation, cyber
  kOther,
  // The monitors' own work. It is no event, but says what could be seen and what was announced.
  kWatch,    ///< a patrol, drone or sensor looked: here, from then to then
  kOutage,   ///< a sensor did not work
  kCloud,    ///< what the sky hid: `count` is the per cent covered
  kRequest,  ///< monitors ask for access
  kGrant,    ///< and may
  kNotice,   ///< a party announces; `category`: exercise, demining, flight, return-fire
  kContact   ///< a call on the hotline, a liaison officer's note
};
template <>
inline constexpr Words<28> kWords<EventKind>{
    "explosion", "burst",       "shot",    "strike",  "thermal-anomaly", "drone",       "aircraft",
    "advance",   "presence",    "mine",    "vessel",  "damage",          "casualty",    "prisoner",
    "convoy",    "restriction", "jamming", "alert",   "preparation",     "information", "other",
    "watch",     "outage",      "cloud",   "request", "grant",           "notice",      "contact"};

/// How it was perceived.
enum class Sense { kSeen, kHeard, kCamera, kSensor, kReported };
template <>
inline constexpr Words<5> kWords<Sense>{"seen", "heard", "camera", "sensor", "reported"};

/// What an explosion was, as far as it could be told.
enum class BlastKind { kOutgoing, kImpact, kAirburst, kUndetermined };
template <>
inline constexpr Words<4> kWords<BlastKind>{"outgoing", "impact", "airburst", "undetermined"};

/// One report of one event by one source. Delivered twice it is the same observation: what counts
/// is its id. Of two versions the one reported later stands.
struct Observation {
  ObservationId id;      ///< unique: the source's name, a colon, and its own id for the report
  std::string source;    ///< who publishes it, e.g. `firms-viirs`, `patrol-7`, `ucdp-ged`
  std::string observer;  ///< who or what perceived it: patrol, camera, satellite; empty: the source
  EventKind kind{EventKind::kOther};
  std::string category;  ///< the source's own word for it
  Instant from{};        ///< it happened, or lasted, between these
  Instant to{};
  std::optional<Instant> reported;  ///< when the source said so; of two versions the later stands
  std::optional<Position> place;
  Metres precision{};                 ///< radius within which it happened, around `place`
  SectorId sector;                    ///< or the sector it is about, where the source names one
  std::optional<std::int64_t> count;  ///< of explosions, bursts, shots; absent: one
  Sense sense{Sense::kReported};
  std::optional<BlastKind> blast;
  std::string weapon;  ///< as reported, e.g. `mortar`, `uav-small`
  std::optional<Millimetres> calibre;
  std::string actor;                  ///< the party said to have acted; a claim, not a finding
  bool live_fire{};                   ///< assessed as an exercise by whoever reports it
  bool withdrawn{};                   ///< the source took it back
  std::optional<double> probability;  ///< that it is what `kind` says, where the source gives one
  std::string text;
  std::vector<std::string> evidence;  ///< links, or SHA-256 of media kept elsewhere
  NationId owner;                     ///< empty: the coalition's own
  std::vector<std::string> releasable_to;

  /// Who perceived it.
  [[nodiscard]] std::string const& seen_by() const { return observer.empty() ? source : observer; }
  [[nodiscard]] std::int64_t number() const { return count.value_or(1); }

  friend bool operator==(Observation const&, Observation const&) = default;
};

/// Whether observations of this kind are counted by their number.
[[nodiscard]] constexpr bool is_munition(EventKind kind) {
  return kind == EventKind::kExplosion || kind == EventKind::kBurst || kind == EventKind::kShot;
}

/// Whether it says what monitors did or were told, rather than that something happened.
[[nodiscard]] constexpr bool is_monitors_work(EventKind kind) {
  return kind >= EventKind::kWatch;
}

}  // namespace guarantor::model
