#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "guarantor/model/id.h"
#include "guarantor/model/network.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {

/// A damaged way can be used, slowly; one that bears nothing any more is closed.
enum class LinkState : std::uint8_t { kOpen, kClosed, kDamaged };
template <>
inline constexpr Words<3> kWords<LinkState>{"open", "closed", "damaged"};

/// A way between two places that can be used in both directions. Absent fields mean "not known".
struct Link {
  LinkId id;
  LocationId from;
  LocationId to;
  LinkMode mode{LinkMode::kRoad};
  std::string way;  ///< e.g. motorway, railway; `ferry` takes vehicles as they drive on
  Kilometres length;
  std::array<std::optional<KilometresPerHour>, kWords<MovementClass>.size()> speeds;
  std::optional<std::int64_t> per_day;  ///< trains, vehicles or ships
  std::optional<Tonnes> load_class;     ///< most that one vehicle may weigh
  std::optional<Millimetres> gauge;
  std::optional<Metres> draught;  ///< of the deepest ship that can pass
  std::optional<Days> permit;     ///< before one may use it
  std::optional<LinkState> state;
  std::optional<double> speed_share;  ///< of its speeds what is left, in (0, 1]
  std::string rules;
  std::optional<Confidence> speed_confidence;
  Row row;

  [[nodiscard]] LinkState state_or_open() const { return state.value_or(LinkState::kOpen); }
  [[nodiscard]] std::optional<KilometresPerHour> speed(MovementClass movement) const {
    return speeds[static_cast<std::size_t>(movement)];
  }

  friend bool operator==(Link const&, Link const&) = default;
};

}  // namespace guarantor::model
