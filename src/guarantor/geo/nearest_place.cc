#include "guarantor/geo/nearest_place.h"

#include <algorithm>
#include <tuple>

#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {

NearestPlace::NearestPlace(std::span<model::Position const> positions) {
  by_latitude_.reserve(positions.size());
  for (std::uint32_t p = 0; p < positions.size(); ++p) {
    if (is_on_earth(positions[p])) {
      by_latitude_.push_back({positions[p], p});
    }
  }
  std::sort(by_latitude_.begin(), by_latitude_.end(), [](Entry const& a, Entry const& b) {
    return std::tuple{a.position.latitude, a.place} < std::tuple{b.position.latitude, b.place};
  });
}

std::optional<NearestPlace::Found> NearestPlace::find(
    model::Position point, Metres within, std::function<bool(std::uint32_t)> const& suits) const {
  // A degree of latitude is never shorter than this, at the equator.
  constexpr double kMetresPerDegree = 110'574;
  model::Degrees const belt{within.count() / kMetresPerDegree};
  auto const first = std::lower_bound(
      by_latitude_.begin(), by_latitude_.end(), point.latitude - belt,
      [](Entry const& entry, model::Degrees south) { return entry.position.latitude < south; });
  std::optional<Found> nearest;
  for (auto entry = first;
       entry != by_latitude_.end() && entry->position.latitude <= point.latitude + belt; ++entry) {
    Metres const away = distance(point, entry->position);
    bool const nearer = !nearest || away < nearest->distance ||
                        (away == nearest->distance && entry->place < nearest->place);
    if (away <= within && nearer && suits(entry->place)) {
      nearest = {entry->place, away};
    }
  }
  return nearest;
}

}  // namespace guarantor::geo
