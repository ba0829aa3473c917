#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <span>

#include "guarantor/model/date.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/quantity.h"

/// How often something happened, out of reports of which several may be of the same thing.
namespace guarantor::watch {

struct EventCount {
  model::MunitionCount munitions;  ///< explosions, bursts, shots, by their number
  model::MunitionCount live_fire;  ///< of them assessed as an exercise; inside `munitions`
  std::int64_t events{};           ///< of every kind, by the event, whatever its number

  friend bool operator==(EventCount const&, EventCount const&) = default;
};

/// Beyond either of these a report is vague.
inline constexpr std::chrono::hours kVagueSpan{6};
inline constexpr model::Metres kVaguePrecision{2000};
/// By how much more than their precision two places may differ and still be the same.
inline constexpr model::Metres kPlaceTolerance{250};

/// What the reports of one incident count, each event once, whatever their order. The rules:
///
/// 1. A report that was withdrawn counts nothing, nor do records of the monitors' own work. Of two
///    versions of a report (one id) the one reported later counts.
/// 2. Kinds are counted apart: a burst is never an explosion.
/// 3. Reports of one observer never repeat each other: they add.
/// 4. Reports of two observers are of the same event where their kind is the same, their spans of
///    time touch (ends included; what is not known of the time is in the span already), and their
///    places are no further apart than their precisions together and a tolerance. A report without
///    a place is at any place.
/// 5. Outgoing, impact and airburst are different explosions, whoever reports them: a gun heard and
///    its shell seen are two. An undetermined explosion may be any of them.
/// 6. What is the same event as another's is the same as all that the other is. But a report that
///    tells less exactly when and where does not make one event of what others tell apart: reports
///    are joined from the most exact on, and those that then come to a number of events confirm or
///    raise their sum.
/// 7. The number of an event is the greatest of: what any one observer reports of it in all; over
///    outgoing, impact and airburst, the sum of the most any one observer reports of each; the sum
///    of the events that a later report joined. So a second observer never lowers a count, nor adds
///    more than goes beyond it.
/// 8. Live fire is what those reports say that carry the number; of equals the one with more of it.
/// 9. A vague report confirms, and counts nothing, where there is a report of the kind that is not
///    vague.
///
/// A number that is not stated is one; a negative one is none; one above a million million is that.
/// O(n log n) for a single observer, O(n^2) at worst, with a geodesic only where a pair may join
/// two events that are still apart.
[[nodiscard]] EventCount count_events(std::span<model::Observation const* const> reports);

/// The same by the UTC day on which the reports that a number comes from began: what is known to
/// have happened by the end of a day, less what is by the end of the day before. The days add up to
/// `count_events` exactly and none is negative; live fire of a day is never more than the day has.
/// A report that a later one confirms keeps its day.
/// As `count_events` for each day.
[[nodiscard]] std::map<model::Date, EventCount> count_events_by_day(
    std::span<model::Observation const* const> reports);

}  // namespace guarantor::watch
