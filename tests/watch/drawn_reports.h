#pragma once

#include <string>
#include <vector>

#include "guarantor/model/observation.h"
#include "guarantor/watch/event_count.h"

/// Reports as a person would jot them down, so that a case can be read at a glance.
namespace guarantor::watch {

/// One report a line: who, when, how many, of what, and what else:
///
///     A    10:00          1 impact
///     B    10:00-10:30    3 shot      live at 1.5,-2 ±300
///     cam  1T23:50-2T0:10 2           withdrawn
///
/// `1T23:50` is the day after. Of what: outgoing, impact, airburst or undetermined (explosions), or
/// the word of a kind; nothing says an explosion. Kilometres east and north; `nowhere` has no
/// place; precision in metres, 100 where it is not said; `front-02` names a sector instead of a
/// place. Ids are the number of the line.
[[nodiscard]] std::vector<model::Observation> drawn(std::string const& text);

[[nodiscard]] EventCount count(std::vector<model::Observation> const& reports);

/// `3 explosions, 2 shots, live 1 explosion; 4 events`, what is none left out.
[[nodiscard]] std::string text(EventCount const& count);

}  // namespace guarantor::watch
