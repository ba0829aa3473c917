#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/instant.h"
#include "guarantor/serve/incident_card.h"

/// Incidents as Cursor on Target, event by event.
namespace guarantor::serve {

/// How long after its end an incident stays on the maps of those who read the stream.
inline constexpr std::chrono::hours kCotStays{24};

/// Until when the event counts.
[[nodiscard]] model::Instant cot_stale(IncidentCard const& card);

/// An incident as a spot report: `start` is when it began, `time` when this was said, `ce` the
/// radius within which its reports place it. REQUIRES: it has a place.
[[nodiscard]] std::string cot_event(IncidentCard const& card, model::Instant said);

/// That the incident is no more: `t-x-d-d` with a link to its uid.
[[nodiscard]] std::string cot_deletion(model::IncidentId const& id, model::Instant said);

/// Text as it may stand in an attribute or an element. What XML 1.0 has no way to say is left out;
/// bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace guarantor::serve
