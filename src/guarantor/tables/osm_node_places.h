#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/model/place.h"
#include "guarantor/tables/osm_objects.h"

namespace guarantor::tables {

/// The nodes that ways lead over, by their places in order of id, and where they are as far as that
/// is known. Compact, since a country has tens of millions: 16 bytes a node.
class OsmNodePlaces {
 public:
  /// Of all these references; a node may be referred to any number of times. O(n log n).
  /// REQUIRES: fewer than 2^32 different nodes.
  explicit OsmNodePlaces(std::vector<std::int64_t> references);

  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] std::int64_t id(std::uint32_t place) const { return ids_[place]; }
  /// The place of a node, or, where it is none of the references, that of the next. O(log n).
  [[nodiscard]] std::uint32_t place_of(std::int64_t id) const;

  enum class Located { kNew, kAgain, kNotAskedFor };
  /// Notes where a node is, or that it is nowhere on earth; a node that is given again stays where
  /// it was first. O(1) where nodes come in order of id, else O(log n).
  Located locate(OsmNode const& node);

  [[nodiscard]] bool is_located(std::uint32_t place) const {
    return positions_[place].latitude != kNowhere;
  }
  /// Whether a node was given, with no position on earth.
  [[nodiscard]] bool is_off_earth(std::uint32_t place) const {
    return !is_located(place) && positions_[place].longitude == kNowhere;
  }
  /// REQUIRES: `is_located(place)`.
  [[nodiscard]] model::Position position(std::uint32_t place) const;

 private:
  /// In 1e-7 degrees, as OpenStreetMap itself keeps positions.
  struct Compact {
    std::int32_t longitude{};
    std::int32_t latitude{kNowhere};
  };
  static constexpr std::int32_t kNowhere = 0x7fffffff;
  static constexpr std::size_t kStride = 256;

  std::vector<std::int64_t> ids_;
  std::vector<std::int64_t> coarse_;  ///< every so many of them, to find the rest by
  std::vector<Compact> positions_;
  std::size_t next_{};  ///< the place behind the node located last
};

}  // namespace guarantor::tables
