#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "guarantor/model/network.h"
#include "guarantor/model/vocabulary.h"
#include "guarantor/tables/osm_objects.h"

namespace guarantor::tables {

/// Roads from the greatest down, by OpenStreetMap's `highway`; slip roads count with their road.
enum class OsmRoad : std::uint8_t {
  kMotorway,
  kTrunk,
  kPrimary,
  kSecondary,
  kTertiary,
  kUnclassified,
  kResidential,
  kLivingStreet,
  kService,
  kTrack
};

/// Why a way is no part of the network.
enum class OsmDrop : std::uint8_t {
  kOther,       ///< neither road nor railway nor ferry
  kUnfinished,  ///< planned, being built, or gone
  kPath,        ///< not for vehicles
  kMinorRoad,   ///< less than the least road asked for
  kNoAccess,    ///< closed to all road vehicles
  kReversible,  ///< one way, now this and now that
  kArea,        ///< a surface, not a line
  kMinorRail,   ///< yards, spurs, works, trams, and all but the common kind of railway
  kNoVehicles,  ///< a ferry that is not said to take road vehicles
  kNotWanted,   ///< railway or ferry where none was asked for
  kShort,       ///< fewer than two different nodes
  kRepeated,    ///< a second way with the same id
  kMissing      ///< too few of its nodes are in the file
};

/// What is to be taken of a map.
struct OsmChoice {
  OsmRoad least{OsmRoad::kLivingStreet};
  bool rail{true};
  bool ferries{true};
};

/// In which direction, as its nodes stand, a way is open.
enum class OsmDirection : std::uint8_t { kBoth, kForward, kBackward };

/// A tag whose value could not be used, so that the kind of way decides alone.
struct OsmUnusedTag {
  OsmTag tag;
  bool absurd{};  ///< a number that is none for what it measures; else words not known here
};

/// What a way is to those who move.
struct OsmWayUse {
  model::LinkMode mode{model::LinkMode::kRoad};
  model::SpeedProfile speeds{};
  std::uint16_t load_class_t{};  ///< as in `model::NetworkLink`
  OsmDirection direction{OsmDirection::kBoth};
  bool bridge{};
  std::vector<OsmUnusedTag> unused;
};

/// What a way is, by its tags; docs/osm.md holds the rules. O(tags).
[[nodiscard]] std::variant<OsmWayUse, OsmDrop> judge(OsmWay const& way, OsmChoice const& choice);

}  // namespace guarantor::tables

namespace guarantor::model {

template <>
inline constexpr Words<10> kWords<tables::OsmRoad>{
    "motorway",     "trunk",       "primary",       "secondary", "tertiary",
    "unclassified", "residential", "living_street", "service",   "track"};

template <>
inline constexpr Words<13> kWords<tables::OsmDrop>{
    "other",      "unfinished",  "path",       "minor_road", "no_access", "reversible", "area",
    "minor_rail", "no_vehicles", "not_wanted", "short",      "repeated",  "missing"};

}  // namespace guarantor::model
