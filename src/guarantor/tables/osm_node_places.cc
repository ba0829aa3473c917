#include "guarantor/tables/osm_node_places.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace guarantor::tables {
namespace {

constexpr double kFinest = 1e-9;  ///< degrees in a node's unit
constexpr double kKept = 1e7;     ///< of the units kept in a degree

std::int32_t compact(std::int64_t coordinate) {
  return static_cast<std::int32_t>(
      std::llround(static_cast<double>(coordinate) * (kFinest * kKept)));
}

}  // namespace

OsmNodePlaces::OsmNodePlaces(std::vector<std::int64_t> references) : ids_{std::move(references)} {
  std::sort(ids_.begin(), ids_.end());
  ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  ids_.shrink_to_fit();
  positions_.resize(ids_.size());
  for (std::size_t place = 0; place < ids_.size(); place += kStride) {
    coarse_.push_back(ids_[place]);
  }
}

std::uint32_t OsmNodePlaces::place_of(std::int64_t id) const {
  // First among the few that the processor has at hand, then in the one stretch that is left.
  auto const above = std::upper_bound(coarse_.begin(), coarse_.end(), id);
  std::size_t const end = static_cast<std::size_t>(above - coarse_.begin()) * kStride;
  std::size_t const begin = end == 0 ? 0 : end - kStride;
  auto const first = ids_.begin();
  return static_cast<std::uint32_t>(
      std::lower_bound(first + static_cast<std::ptrdiff_t>(begin),
                       first + static_cast<std::ptrdiff_t>(std::min(end, ids_.size())), id) -
      first);
}

OsmNodePlaces::Located OsmNodePlaces::locate(OsmNode const& node) {
  // Between the node before and the one at `next_` there is none that was asked for.
  bool const follows = next_ == 0 || ids_[next_ - 1] < node.id;
  if (follows && (next_ == ids_.size() || node.id < ids_[next_])) {
    return Located::kNotAskedFor;
  }
  std::size_t const place =
      follows && ids_[next_] == node.id ? next_ : std::size_t{place_of(node.id)};
  if (place == ids_.size() || ids_[place] != node.id) {
    next_ = place;
    return Located::kNotAskedFor;
  }
  next_ = place + 1;
  if (positions_[place].latitude != kNowhere || positions_[place].longitude == kNowhere) {
    return Located::kAgain;
  }
  positions_[place] = node.on_earth ? Compact{compact(node.longitude), compact(node.latitude)}
                                    : Compact{.longitude = kNowhere};
  return Located::kNew;
}

model::Position OsmNodePlaces::position(std::uint32_t place) const {
  Compact const at = positions_[place];
  return {model::Degrees{at.longitude / kKept}, model::Degrees{at.latitude / kKept}};
}

}  // namespace guarantor::tables
