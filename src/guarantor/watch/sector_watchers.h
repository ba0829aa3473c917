#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "guarantor/geo/sectors.h"
#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"
#include "guarantor/watch/coverage.h"

/// What `Coverage` is made of: the rules stand there. Private to the part.
namespace guarantor::watch {

/// The records that say who watched, or could not, each in the version that stands.
struct WatchRecords {
  std::map<std::string, std::vector<model::Observation const*>> by_observer;
  std::vector<model::Observation const*> all;
};

/// The pointers are into what was given. O(n log n).
[[nodiscard]] WatchRecords standing_records(std::span<model::Observation const> records);

struct SectorWatchers {
  std::vector<Watcher> watchers;  ///< by name
  std::map<model::BlindReason, TimeSpans> blind;
};

/// Everything that watches one sector. Bad input: a sector that is no line.
[[nodiscard]] model::Result<SectorWatchers> watchers_of(model::Scenario const& scenario,
                                                        WatchRecords const& records,
                                                        geo::Sector const& sector, TimeSpan span);

}  // namespace guarantor::watch
