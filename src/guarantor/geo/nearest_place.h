#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "guarantor/geo/metres.h"
#include "guarantor/model/place.h"

namespace guarantor::geo {

/// Which of many positions is nearest to a point. Immutable.
class NearestPlace {
 public:
  struct Found {
    std::uint32_t place{};  ///< among the positions given
    Metres distance;        ///< geodesic
  };

  /// Positions that are not on the earth are never found. O(n log n).
  explicit NearestPlace(std::span<model::Position const> positions);

  /// The nearest position within a distance that `suits`; of equally near ones the first. Nothing
  /// where there is none. Looks at the belt of latitudes that far north and south only.
  /// REQUIRES: a point on the earth.
  [[nodiscard]] std::optional<Found> find(model::Position point, Metres within,
                                          std::function<bool(std::uint32_t)> const& suits) const;

 private:
  struct Entry {
    model::Position position;
    std::uint32_t place;
  };
  std::vector<Entry> by_latitude_;
};

}  // namespace guarantor::geo
