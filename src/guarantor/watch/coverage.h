#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/geo/line_sectors.h"
#include "guarantor/model/error.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/scenario.h"
#include "guarantor/model/watched_count.h"
#include "guarantor/watch/time_spans.h"

/// Who watched which sector when, and why nobody did.
namespace guarantor::watch {

/// Clouds over so many per cent of the sky hide what is below from what needs a clear sky.
inline constexpr std::int64_t kHidingCloud = 50;
/// A record that names a place and no sector is about the sectors so near to it, or within its
/// precision if that is more.
inline constexpr model::Metres kNearSector{5000};

/// One thing that watches a sector.
struct Watcher {
  std::string name;                   ///< the sensor's id, or the patrol's name in the records
  std::uint64_t kinds{};              ///< of events it can tell, a bit each
  TimeSpans watched;                  ///< while it watched
  std::vector<model::Instant> looks;  ///< of a satellite: when it looked
  std::map<model::BlindReason, TimeSpans> blind;  ///< while it would have
};

/// The rules:
///
/// 1. A sensor's sectors are those it names and those whose middle lies within its range of where
///    it stands. A standing sensor watches them by itself, on its days and in its hours of each
///    day; 22 to 4 is over midnight, and equal hours are all day.
/// 2. Any other sensor, and any patrol that the table of sensors does not know, watches only while
///    a record `watch` of it says so: the sector named, or those near the place named (within its
///    own range where it has one), or its own where the record names neither. A patrol not in the
///    table can tell everything.
/// 3. It does not watch during an outage of its own; while a restriction of its own keeps it away;
///    while jammed, if it can be, by a record of its own or one about the sector; under clouds of
///    half of the sky or more, if it needs a clear one; a cloud without per cent hides all.
/// 4. A record about neither sector nor place is about every sector of its observer; clouds are
///    then everywhere.
/// 5. A satellite, and whatever has a revisit, looks and is not present: each record is a look at
///    its start, and a standing one looks every `revisit` from its first day on (without one, from
///    1970). A look lost to an outage or clouds is none. Looks stand beside hours and add none.
/// 6. Withdrawn records are none. Of two versions the later counts.
class Coverage {
 public:
  /// Of all sectors of the scenario's lines within a span of time. `records` may hold anything;
  /// only the monitors' own work, restrictions and jamming are looked at. What is to come after
  /// `until` nobody has watched yet. Bad input: a line that cannot be cut. O(sectors · (sensors +
  /// records) + n log n).
  [[nodiscard]] static model::Result<Coverage> of(model::Scenario const& scenario,
                                                  std::span<model::Observation const> records,
                                                  TimeSpan span,
                                                  std::optional<model::Instant> until = {});

  /// In the order of the lines.
  [[nodiscard]] std::vector<model::SectorId> const& sectors() const { return ids_; }
  [[nodiscard]] TimeSpan span() const { return span_; }
  /// Whether the sector is one of them.
  [[nodiscard]] bool has(model::SectorId const& sector) const { return at_.contains(sector); }

  /// By whom a sector is watched, by name. REQUIRES: `has(sector)`.
  [[nodiscard]] std::vector<Watcher> const& watchers(model::SectorId const& sector) const;

  /// How much of `during` somebody watched who can tell one of `kinds`; any where there are none.
  /// A sector that is not one of them is not watched. REQUIRES: `during` within the span.
  [[nodiscard]] model::WatchedTime watched(model::SectorId const& sector,
                                           std::span<model::EventKind const> kinds,
                                           TimeSpan during) const;

  /// When. Same requirement.
  [[nodiscard]] TimeSpans spans(model::SectorId const& sector,
                                std::span<model::EventKind const> kinds, TimeSpan during) const;

  /// Why not, for as long as nobody did: reasons in their order, those that held. Several may hold
  /// at once; what no other explains is that nobody was there. Same requirement.
  [[nodiscard]] std::vector<model::BlindTime> why_not(model::SectorId const& sector,
                                                      std::span<model::EventKind const> kinds,
                                                      TimeSpan during) const;

 private:
  Coverage() = default;

  struct SectorWatch {
    std::vector<Watcher> watchers;
    std::map<model::BlindReason, TimeSpans> blind;  ///< whoever would have watched
  };

  TimeSpan span_;
  std::vector<model::SectorId> ids_;
  std::map<model::SectorId, std::size_t> at_;
  std::vector<SectorWatch> by_sector_;
};

/// A bit for each kind of event; all of them where there are none.
[[nodiscard]] std::uint64_t bits_of(std::span<model::EventKind const> kinds);

}  // namespace guarantor::watch
