#pragma once

#include <vector>

#include "guarantor/watch/replay.h"
#include "guarantor/watch/replay_ground.h"
#include "guarantor/watch/replay_play.h"
#include "guarantor/watch/replay_watchers.h"

namespace guarantor::watch {

/// The truth of plays: what was reported of each, what looked, what can be counted, which clauses
/// it touches and what must become of them. It is worked out from what was played, not with what
/// the watch itself uses, but for the distances on the map.
[[nodiscard]] std::vector<InjectedIncident> truth_of(ReplayGround const& ground,
                                                     ReplayWatchers const& watchers,
                                                     std::vector<Play> const& plays,
                                                     std::vector<Testimony> const& said);

}  // namespace guarantor::watch
