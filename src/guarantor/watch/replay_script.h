#pragma once

#include <vector>

#include "guarantor/watch/replay.h"
#include "guarantor/watch/replay_ground.h"
#include "guarantor/watch/replay_play.h"
#include "guarantor/watch/replay_watchers.h"

namespace guarantor::watch {

/// All that happens, in order of time. Two plays of a class are always far enough apart in place or
/// time that they are two, some of them only just; none stands at the edge of what a clause names.
[[nodiscard]] std::vector<Play> played(ReplayGround const& ground, ReplayWatchers const& watchers,
                                       ReplayRequest const& request);

}  // namespace guarantor::watch
