#pragma once

#include <vector>

#include "guarantor/watch/replay.h"
#include "guarantor/watch/replay_ground.h"
#include "guarantor/watch/replay_play.h"
#include "guarantor/watch/replay_watchers.h"

namespace guarantor::watch {

/// What is reported of the plays in the end: by what watches, and by others. Places are off by no
/// more than six tenths of the precision stated, times lie within the span stated. Reports too
/// vague to tell which play they mean are made only where nothing else is about.
[[nodiscard]] std::vector<Testimony> testimonies(ReplayGround const& ground,
                                                 ReplayWatchers const& watchers,
                                                 std::vector<Play> const& plays,
                                                 ReplayRequest const& request);

/// Reports of things that never happened, each of which its source takes back.
[[nodiscard]] std::vector<Testimony> false_reports(ReplayGround const& ground,
                                                   ReplayRequest const& request);

}  // namespace guarantor::watch
