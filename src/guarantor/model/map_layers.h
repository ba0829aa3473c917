#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

/// What a map shows beside the scenario's own tables: plain shapes and names, made by the parts
/// that measure, move and choose, and drawn by one that does none of it.
namespace guarantor::model {

/// One of the stretches a line is cut into.
struct SectorLayer {
  SectorId id;
  AreaId line;
  Line shape;
  friend bool operator==(SectorLayer const&, SectorLayer const&) = default;
};

/// A site that stands or was chosen.
struct SiteLayer {
  SiteId id;
  SiteKind kind{SiteKind::kReserve};
  std::string label;
  Position position;
  bool existing{};
  friend bool operator==(SiteLayer const&, SiteLayer const&) = default;
};

/// What is reached from the sites within a time.
struct ReachLayer {
  SiteKind kind{SiteKind::kReserve};
  Hours within;
  std::vector<Polygon> shape;
  friend bool operator==(ReachLayer const&, ReachLayer const&) = default;
};

/// How soon one point of a demand is reached from the nearest site of its kind.
struct ReachedPoint {
  DemandId demand;
  SectorId sector;  ///< or the location; exactly one of the two
  LocationId location;
  SiteKind kind{SiteKind::kReserve};
  SiteId from;                        ///< the nearest site; empty where none reaches it
  std::optional<Hours> travel;        ///< absent: no way there
  std::vector<Hours> standard_hours;  ///< its tiers, rising
  friend bool operator==(ReachedPoint const&, ReachedPoint const&) = default;

  /// The first tier it is reached within; nothing where it misses all of them.
  [[nodiscard]] std::optional<Hours> tier() const {
    for (Hours const hours : standard_hours) {
      if (travel && *travel <= hours) {
        return hours;
      }
    }
    return std::nullopt;
  }
};

struct MapLayers {
  std::vector<SectorLayer> sectors;
  std::vector<SiteLayer> sites;
  std::vector<ReachLayer> reach;  ///< the widest first, so that the nearer is drawn over it
  std::vector<ReachedPoint> reached;
  friend bool operator==(MapLayers const&, MapLayers const&) = default;
};

}  // namespace guarantor::model
