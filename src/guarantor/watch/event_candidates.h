#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/model/instant.h"
#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"

namespace guarantor::watch {

/// Where and when; a moment has `from` and `to` alike.
struct PlacedSpan {
  model::Position position;
  model::Instant from;
  model::Instant to;
};

/// How far apart two events may lie to be looked at as one.
struct CandidateWindow {
  model::Metres within;
  model::Days days;  ///< between the end of the one and the beginning of the other
};

/// An event of each of two sources that lie near each other.
struct EventPair {
  std::uint32_t a{};
  std::uint32_t b{};
  model::Metres apart;  ///< the shortest line between them
  model::Days days;     ///< between their spans, 0 where these meet
};

/// All pairs within the window, by a, then b: what comparing each with each would find. Looks only
/// at neighbouring boxes of a grid on the earth in which events stand in order of time, so it takes
/// O((n + m) log m) and the pairs looked at; a few very long spans in `b` widen what is looked at.
/// Correct everywhere on the earth, poles and antimeridian included.
/// REQUIRES: positions on the earth, no span that ends before it begins, fewer than 2^32 events.
[[nodiscard]] std::vector<EventPair> event_candidates(std::span<PlacedSpan const> a,
                                                      std::span<PlacedSpan const> b,
                                                      CandidateWindow const& window);

}  // namespace guarantor::watch
